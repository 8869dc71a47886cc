import { useTranslation } from 'react-i18next';
import type { Video } from '../api/types';
import { useFormat } from '../i18n/format';
import { useEta } from './useEta';
import css from './Card.module.css';

/** How far a video is, as the provider says, and how long it takes at that pace. */
export function Progress({ video }: { video: Video }) {
  const { t } = useTranslation();
  const format = useFormat();
  const left = useEta(video.id, video.progress, video.status === 'in_progress');
  const stage = video.kinora.stage;
  const known = video.kinora.stalled ? 'stalled' : stage === 'queued' || stage === 'submitting' || stage === 'running' || stage === 'collecting' ? stage : 'running';
  return (
    <div className={css.progress}>
      <p>
        <strong>{t(`library.stage_${known}`)}</strong>
        {video.progress > 0 ? <span>{format.percent(video.progress)}</span> : null}
      </p>
      <div className={css.bar} role="progressbar" aria-label={t(`library.stage_${known}`)} aria-valuemin={0} aria-valuemax={100} aria-valuenow={video.progress} data-idle={video.progress === 0 || undefined}>
        <span style={{ transform: `scaleX(${video.progress / 100})` }} />
      </div>
      {left === null ? null : <p className={css.left}>{t('library.left', { time: format.span(left) })}</p>}
    </div>
  );
}
