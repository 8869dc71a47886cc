import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/types';
import { useFormat } from '../i18n/format';
import { toast } from '../ui/toasts';
import { PictureSlot } from './PictureSlot';
import { type Picture, filesOf, isFault, mostBytes, readPicture } from './pictures';
import { parseSize } from './rules';
import type { Pictures } from './submit';
import css from './Picture.module.css';

interface PicturePartProps {
  model: Model;
  frame: string;
  pictures: Pictures;
  onChange: (change: (now: Pictures) => Pictures) => void;
}

/** First and last frame and references, as far as the model takes them; dropped, pasted or chosen. */
export function PicturePart({ model, frame, pictures, onChange }: PicturePartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const size = parseSize(frame);

  const take = async (files: File[], into: (read: Picture, now: Pictures) => Pictures) => {
    for (const file of files) {
      const read = await readPicture(file);
      if (isFault(read)) toast(t(`create.${read.kind}`, { name: read.name, most: format.bytes(mostBytes) }), { bad: true });
      else onChange((now) => into(read, now));
    }
  };
  const addReference = (read: Picture, now: Pictures) => ({ ...now, references: [...now.references, read].slice(0, model.max_references) });
  // What is pasted goes to the first place that is free.
  const pasted = (read: Picture, now: Pictures) =>
    model.first_frame && !now.first ? { ...now, first: read } : model.last_frame && !now.last ? { ...now, last: read } : model.max_references > 0 ? addReference(read, now) : now;

  const paste = useRef<(files: File[]) => void>(() => {});
  paste.current = (files) => void take(files, pasted);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      paste.current(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  if (!model.first_frame && !model.last_frame && model.max_references === 0) return <p className={css.note}>{t('create.noPictures')}</p>;
  return (
    <fieldset className={css.part}>
      <legend className={css.legend}>{t('create.pictures')}</legend>
      <div className={css.frames}>
        {model.first_frame ? (
          <PictureSlot
            label={t('create.firstFrame')}
            picture={pictures.first}
            frame={size}
            onFiles={(files) => void take(files.slice(0, 1), (read, now) => ({ ...now, first: read }))}
            onFit={(fit) => onChange((now) => ({ ...now, first: now.first && { ...now.first, fit } }))}
            onRemove={() => onChange((now) => ({ ...now, first: null }))}
          />
        ) : null}
        {model.last_frame ? (
          <PictureSlot
            label={t('create.lastFrame')}
            picture={pictures.last}
            frame={size}
            onFiles={(files) => void take(files.slice(0, 1), (read, now) => ({ ...now, last: read }))}
            onFit={(fit) => onChange((now) => ({ ...now, last: now.last && { ...now.last, fit } }))}
            onRemove={() => onChange((now) => ({ ...now, last: null }))}
          />
        ) : null}
      </div>
      {model.max_references > 0 ? (
        <div>
          <p className={css.note}>{t('create.referencesHint', { count: model.max_references })}</p>
          <div className={css.references}>
            {pictures.references.slice(0, model.max_references).map((picture) => (
              <PictureSlot
                key={picture.id}
                label={t('create.references')}
                picture={picture}
                frame={null}
                small
                onFiles={() => {}}
                onRemove={() => onChange((now) => ({ ...now, references: now.references.filter((one) => one.id !== picture.id) }))}
              />
            ))}
            {pictures.references.length < model.max_references ? (
              <PictureSlot label={t('create.references')} picture={null} frame={null} small many onFiles={(files) => void take(files, addReference)} onRemove={() => {}} />
            ) : null}
          </div>
        </div>
      ) : null}
    </fieldset>
  );
}
