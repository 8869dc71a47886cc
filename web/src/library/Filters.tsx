import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoFilter } from '../api/lists';
import { modelsQuery } from '../api/queries';
import type { VideoStatus } from '../api/types';
import { isComposing } from '../ui/composing';
import css from './Filters.module.css';

const pause = 250;
const statuses = ['completed', 'in_progress', 'queued', 'failed'] as const;

export function Filters({ filter, onChange }: { filter: VideoFilter; onChange: (next: VideoFilter) => void }) {
  const { t } = useTranslation();
  const models = useQuery(modelsQuery);
  const [text, setText] = useState(filter.q ?? '');
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Spaces at its ends are no part of the filter, but of what is still being typed.
  useEffect(() => setText((now) => (now.trim() === (filter.q ?? '') ? now : (filter.q ?? ''))), [filter.q]);
  useEffect(() => () => clearTimeout(waiting.current), []);

  const search = (next: string, half = false) => {
    setText(next);
    clearTimeout(waiting.current);
    // A word that an input method is still asking for is nobody's search.
    if (half) return;
    waiting.current = setTimeout(() => onChange({ ...filter, q: next.trim() || undefined }), pause);
  };

  return (
    <search className={css.filters}>
      <div className={css.search}>
        <Search size={18} aria-hidden="true" />
        <input
          type="search"
          value={text}
          placeholder={t('library.search')}
          aria-label={t('library.search')}
          maxLength={200}
          onChange={(event) => search(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
          onCompositionEnd={(event) => search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !isComposing(event)) {
              search('');
              event.currentTarget.blur();
            }
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <select aria-label={t('library.status')} value={filter.status ?? ''} onChange={(event) => onChange({ ...filter, status: (event.target.value as VideoStatus) || undefined })}>
        <option value="">{t('library.any')}</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {t(`library.${status}`)}
          </option>
        ))}
      </select>
      <select aria-label={t('library.model')} value={filter.model ?? ''} onChange={(event) => onChange({ ...filter, model: event.target.value || undefined })}>
        <option value="">{t('library.allModels')}</option>
        {models.data?.data
          .filter((model) => model.kinds.includes('video'))
          .map((model) => (
            <option key={model.id} value={model.id}>
              {model.title}
            </option>
          ))}
      </select>
    </search>
  );
}
