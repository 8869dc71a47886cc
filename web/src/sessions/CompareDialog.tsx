import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog';
import { SelectField } from '../ui/Field';
import type { Turn } from './session';
import { sourceOf, turnWith } from './tree';
import css from './Compare.module.css';

/** Two pictures over one another, parted by a line that moves; at first a picture and the one that it goes on from. */
export function CompareDialog({ turns, picture, onClose }: { turns: readonly Turn[]; picture: string; onClose: () => void }) {
  const { t } = useTranslation();
  const all = turns.flatMap((turn, index) => turn.images.map((image, nth) => ({ ...image, name: `${index + 1}${turn.images.length > 1 ? `.${nth + 1}` : ''} · ${turn.prompt}` })));
  const [right, setRight] = useState(picture);
  const [left, setLeft] = useState(() => {
    const turn = turnWith(turns, picture);
    const before = turn && (sourceOf(turns, turn) ? turn.from_image_id : undefined);
    return before ?? all.find((one) => one.id !== picture)?.id ?? picture;
  });
  const [at, setAt] = useState(50);
  const one = all.find((image) => image.id === left);
  const other = all.find((image) => image.id === right);
  if (!one || !other) return null;
  const choices = all.map((image) => (
    <option key={image.id} value={image.id}>
      {image.name.length > 60 ? `${image.name.slice(0, 60)} …` : image.name}
    </option>
  ));
  return (
    <Dialog title={t('sessions.compareTitle')} open onClose={onClose} wide>
      <div className={css.stage} style={{ aspectRatio: `${other.width ?? 16} / ${other.height ?? 9}`, maxWidth: `calc(60dvh * ${(other.width ?? 16) / (other.height ?? 9)})` }}>
        <img src={one.url} alt={one.name} />
        <img src={other.url} alt={other.name} style={{ clipPath: `inset(0 0 0 ${at}%)` }} />
        <span className={css.line} style={{ left: `${at}%` }} aria-hidden="true" />
        <input type="range" min={0} max={100} value={at} aria-label={t('sessions.compareSlider')} onChange={(event) => setAt(Number(event.target.value))} />
      </div>
      <div className={css.pair}>
        <SelectField label={t('sessions.left')} value={left} onChange={(event) => setLeft(event.target.value)}>
          {choices}
        </SelectField>
        <SelectField label={t('sessions.right')} value={right} onChange={(event) => setRight(event.target.value)}>
          {choices}
        </SelectField>
      </div>
    </Dialog>
  );
}
