import { useQuery } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Video } from '../api/types';
import css from './Video.module.css';

const operations = ['create', 'remix', 'edit', 'extend', 'append', 'continue'] as const;

/** Every parameter it was made with. */
export function Recipe({ video }: { video: Video }) {
  const { t } = useTranslation();
  const { kinora } = video;
  const operation = operations.find((one) => one === kinora.operation);
  return (
    <section className={css.card}>
      <h2>{t('video.recipe')}</h2>
      <dl className={css.list}>
        <Fact name={t('video.model')}>{kinora.model}</Fact>
        {video.model !== kinora.model ? <Fact name={t('video.askedModel')}>{video.model}</Fact> : null}
        <Fact name={t('video.operation')}>{operation ? t(`video.operation_${operation}`) : kinora.operation}</Fact>
        {video.size ? <Fact name={t('video.size')}>{video.size.replace('x', ' × ')}</Fact> : null}
        {video.seconds ? <Fact name={t('video.length')}>{t('video.secondsOf', { seconds: video.seconds })}</Fact> : null}
        {kinora.seed !== undefined ? <Fact name={t('video.seed')}>{kinora.seed}</Fact> : null}
        {video.has_audio !== null ? <Fact name={t('video.audio')}>{t(video.has_audio === 1 ? 'video.yes' : 'video.no')}</Fact> : null}
        {Object.entries(kinora.options ?? {}).map(([name, value]) => (
          <Fact key={name} name={<code>{name}</code>}>
            {value}
          </Fact>
        ))}
        {kinora.negative_prompt ? <Fact name={t('video.negative')}>{kinora.negative_prompt}</Fact> : null}
      </dl>
      {video.reference_image_paths ? <References id={video.id} /> : null}
      {kinora.warnings.length > 0 ? (
        <div className={css.notes}>
          <h3>{t('video.warnings')}</h3>
          <ul>
            {kinora.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {kinora.attempts && kinora.attempts.length > 0 ? (
        <div className={css.notes}>
          <h3>{t('video.attempts')}</h3>
          <ul>
            {kinora.attempts.map((attempt) => (
              <li key={`${attempt.model}${attempt.at}`}>
                {attempt.model}: {attempt.message}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function References({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['references-of', id],
    queryFn: ({ signal }) => api.get('/api/videos/{id}/reference-images', { path: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data || data.images.length === 0) return null;
  return (
    <div className={css.notes}>
      <h3>{t('video.references')}</h3>
      <div className={css.references}>
        {data.images.map((image) => (
          <img key={image.index} src={`data:${image.mimeType};base64,${image.data}`} alt={image.filename} />
        ))}
      </div>
    </div>
  );
}
