import { useTranslation } from 'react-i18next';
import type { Video } from '../api/types';
import { useFormat } from '../i18n/format';
import { Fact } from './Recipe';
import css from './Video.module.css';

/** When it was asked for and made, what it cost, and what exactly lies in the store. */
export function Receipt({ video }: { video: Video }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kinora } = video;
  const file = kinora.files.find((one) => one.variant === 'video');
  return (
    <section className={css.card}>
      <h2>{t('video.receipt')}</h2>
      <dl className={css.list}>
        <Fact name={t('video.created')}>{format.time(video.created_at)}</Fact>
        {video.completed_at ? <Fact name={t('video.completed')}>{format.time(video.completed_at)}</Fact> : null}
        <Fact name={t('video.estimated')}>{format.money(kinora.estimated_usd)}</Fact>
        {video.status === 'completed' || video.status === 'failed' ? (
          <Fact name={t('video.charged')}>{kinora.charged_usd === null ? t('video.notCharged') : format.money(kinora.charged_usd)}</Fact>
        ) : null}
        {file ? (
          <>
            <Fact name={t('video.file')}>
              {file.mime_type} · {format.bytes(file.bytes)}
              {file.width && file.height ? ` · ${file.width} × ${file.height}` : ''}
            </Fact>
            <Fact name={t('video.hash')}>
              <code>{file.sha256}</code>
            </Fact>
          </>
        ) : null}
        <Fact name={t('video.videoId')}>
          <code>{video.openai_video_id}</code>
        </Fact>
        {video.provider_video_id ? (
          <Fact name={t('video.remoteId')}>
            <code>{video.provider_video_id}</code>
          </Fact>
        ) : null}
      </dl>
    </section>
  );
}
