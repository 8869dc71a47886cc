import { useQuery } from '@tanstack/react-query';
import { Check, CircleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { rowQuery } from '../api/lists';
import type { Video } from '../api/types';
import { formatIn } from '../i18n/format';
import { Preview } from './Preview';
import { Progress } from './Progress';
import css from './Card.module.css';

export interface CardProps {
  id: string;
  index: number;
  focusable: boolean;
  selected: boolean;
  selecting: boolean;
  onSelect: (id: string) => void;
  onFocus: (index: number) => void;
}

/** One video of the grid. It listens to its own entry of the cache: a live update paints this card and no other. */
export const Card = memo(function Card({ id, index, focusable, selected, selecting, onSelect, onFocus }: CardProps) {
  const { t, i18n } = useTranslation();
  const { data: video } = useQuery(rowQuery(id));
  if (!video) return <div className={`${css.card} ${css.waiting}`} />;
  const format = formatIn(i18n.language);
  const status = t(`library.${video.status}`);
  return (
    <article className={`${css.card} ${selected ? css.selected : ''} ${selecting ? css.selecting : ''}`} data-video={id} onFocus={() => onFocus(index)}>
      <div className={css.media}>
        <Link href={`/videos/${id}`} tabIndex={-1} aria-hidden="true" className={css.look}>
          <Preview video={video} />
        </Link>
        {video.status === 'completed' && video.seconds ? <span className={css.length}>{t('library.seconds', { seconds: video.seconds })}</span> : null}
        {video.status === 'queued' || video.status === 'in_progress' ? <Progress video={video} /> : null}
        {video.status === 'failed' ? <Failed video={video} /> : null}
      </div>
      <div className={css.words}>
        <Link
          href={`/videos/${id}`}
          className={css.prompt}
          tabIndex={focusable ? 0 : -1}
          data-card={index}
          aria-label={t('library.card', { prompt: video.prompt, status })}
        >
          {video.prompt}
        </Link>
        <p className={css.facts}>
          <span>{video.model.slice(video.model.indexOf('/') + 1)}</span>
          <span>{format.day(video.created_at)}</span>
          {video.cost ? <span>{format.money(video.cost)}</span> : null}
        </p>
      </div>
      <button
        type="button"
        role="checkbox"
        aria-checked={selected}
        aria-label={t('library.selectNamed', { prompt: video.prompt })}
        tabIndex={focusable ? 0 : -1}
        className={css.tick}
        onClick={() => onSelect(id)}
      >
        {selected ? <Check size={16} aria-hidden="true" /> : null}
      </button>
    </article>
  );
});

function Failed({ video }: { video: Video }) {
  const { t } = useTranslation();
  return (
    <div className={css.failed}>
      <CircleAlert size={20} aria-hidden="true" />
      <strong>{t(`library.stage_${stageOf(video)}`)}</strong>
      <span>{video.error_message ?? video.kinora.reason}</span>
    </div>
  );
}

function stageOf(video: Video): 'failed' | 'cancelled' | 'expired' | 'submission_unknown' {
  const stage = video.kinora.stage;
  return stage === 'cancelled' || stage === 'expired' || stage === 'submission_unknown' ? stage : 'failed';
}
