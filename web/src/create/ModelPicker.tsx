import { ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/types';
import { Badge } from '../ui/Badge';
import { Dialog } from '../ui/Dialog';
import { matches } from './rules';
import { useModelWords } from './useModelWords';
import css from './ModelPicker.module.css';

/** The chosen model, and a dialog with all there are: what each can do, and what it costs. */
export function ModelPicker({ models, model, onChoose }: { models: Model[]; model: Model; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const words = useModelWords();
  const shown = models.filter((one) => matches(one, text));
  return (
    <div>
      <p className={css.label} aria-hidden="true">
        {t('create.model')}
      </p>
      <button type="button" className={css.chosen} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span className={css.names}>
          <strong>
            <span className="visually-hidden">{t('create.model')}: </span>
            {model.title}
          </strong>
          <small>
            {model.id} · {words.price(model)}
          </small>
        </span>
        <ChevronsUpDown size={18} aria-hidden="true" />
      </button>
      <Dialog title={t('create.modelChoose')} open={open} onClose={() => setOpen(false)} wide>
        <input role="searchbox" className={css.search} value={text} placeholder={t('create.modelSearch')} aria-label={t('create.modelSearch')} onChange={(event) => setText(event.target.value)} />
        <div role="radiogroup" aria-label={t('create.modelChoose')} className={css.list}>
          {shown.map((one) => (
            <label key={one.id} className={css.row}>
              <input
                type="radio"
                name="model-choice"
                checked={one.id === model.id}
                onChange={() => onChoose(one.id)}
                onClick={() => setOpen(false)}
                onKeyDown={(event) => event.key === 'Enter' && setOpen(false)}
              />
              <span className={css.names}>
                <strong>{one.title}</strong>
                <small>{one.id}</small>
                <span className={css.badges}>
                  {words.abilities(one).map((word) => (
                    <Badge key={word}>{word}</Badge>
                  ))}
                  {one.retires_on ? <Badge tone="warn">{words.retires(one)}</Badge> : null}
                </span>
              </span>
              <span className={css.price}>{words.price(one)}</span>
            </label>
          ))}
          {shown.length === 0 ? <p>{t('create.modelNone')}</p> : null}
        </div>
      </Dialog>
    </div>
  );
}
