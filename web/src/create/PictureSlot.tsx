import { ImagePlus, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/Button';
import type { Fit } from './fitting';
import { type Picture, filesOf, pictureTypes } from './pictures';
import type { Size } from './rules';
import css from './Picture.module.css';

interface PictureSlotProps {
  label: string;
  picture: Picture | null;
  /** The video's size, into which the picture is fitted; null: it is sent as it is. */
  frame: Size | null;
  small?: boolean;
  many?: boolean;
  onFiles: (files: File[]) => void;
  onFit?: (fit: Fit) => void;
  onRemove: () => void;
}

const fits = ['crop', 'pad', 'stretch'] as const;

export function PictureSlot({ label, picture, frame, small, many, onFiles, onFit, onRemove }: PictureSlotProps) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const differs = picture && frame && Math.abs(picture.size.width / picture.size.height - frame.width / frame.height) > 0.01;
  const shape = frame ? `${frame.width} / ${frame.height}` : small ? '1' : '16 / 9';

  return (
    <div className={small ? css.small : css.slot}>
      {small ? null : <p className={css.name}>{label}</p>}
      <div
        className={`${css.box} ${over ? css.over : ''}`}
        style={{ aspectRatio: shape }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          onFiles(filesOf(event.dataTransfer));
        }}
      >
        {picture ? (
          <>
            <img src={picture.url} alt={picture.file.name} className={css[picture.fit]} />
            <IconButton label={`${t('create.remove')}: ${picture.file.name}`} icon={<X size={16} />} className={css.remove} onClick={onRemove} />
          </>
        ) : (
          <button type="button" className={css.add} aria-label={`${label}: ${t('create.drop')}`} onClick={() => input.current?.click()}>
            <ImagePlus size={small ? 20 : 24} aria-hidden="true" />
            {small ? null : <span>{over ? t('create.dropHere') : t('create.drop')}</span>}
          </button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={pictureTypes.join(',')}
          multiple={many}
          aria-label={label}
          data-slot={label}
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      {differs && onFit ? (
        <div role="radiogroup" aria-labelledby={`${id}-fit`}>
          <p id={`${id}-fit`} className={css.note}>
            {t('create.fitHint', { from: `${picture.size.width}×${picture.size.height}`, to: `${frame.width}×${frame.height}` })}
          </p>
          <div className={css.fits}>
            {fits.map((fit) => (
              <label key={fit}>
                <input type="radio" name={`${id}-fit`} checked={picture.fit === fit} onChange={() => onFit(fit)} />
                <span>{t(`create.fit_${fit}`)}</span>
              </label>
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}
