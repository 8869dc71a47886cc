import { queryOptions, useQuery } from '@tanstack/react-query';
import { Film } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api } from '../api/client';
import { putVideo } from '../api/lists';
import { contentOf, videoQuery } from '../api/queries';
import type { Video } from '../api/types';
import { type Branch, treeOf } from './tree';
import css from './Family.module.css';

export const familyQuery = (id: string) =>
  queryOptions({
    queryKey: ['family', id],
    queryFn: async ({ client, signal }) => {
      const { videos } = await api.get('/api/videos/{id}/family', { path: { id }, signal });
      for (const one of videos as Video[]) putVideo(client, one);
      return videos as Video[];
    },
    staleTime: 5_000,
  });

/** What it was made from and what was made from it, as a tree. */
export function Family({ video }: { video: Video }) {
  const { t } = useTranslation();
  const { data } = useQuery(familyQuery(video.id));
  if (!data || data.length < 2) return null;
  return (
    <section className={css.family}>
      <h2>{t('video.family')}</h2>
      <ul className={css.tree}>
        {treeOf(data).map((branch) => (
          <Twig key={branch.video.id} branch={branch} here={video.id} />
        ))}
      </ul>
    </section>
  );
}

function Twig({ branch, here }: { branch: Branch; here: string }) {
  return (
    <li>
      <Member id={branch.video.id} isHere={branch.video.id === here} />
      {branch.children.length > 0 ? (
        <ul>
          {branch.children.map((child) => (
            <Twig key={child.video.id} branch={child} here={here} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Member({ id, isHere }: { id: string; isHere: boolean }) {
  const { t } = useTranslation();
  const { data: video } = useQuery(videoQuery(id));
  if (!video) return null;
  const operation = video.kinora.operation;
  const word = operation === 'remix' || operation === 'edit' || operation === 'extend' || operation === 'append' || operation === 'continue' ? t(`video.operation_${operation}`) : t('video.operation_create');
  return (
    <Link href={`/videos/${id}`} className={css.member} aria-current={isHere ? 'page' : undefined}>
      <span className={css.still}>{video.thumbnail_path ? <img src={contentOf(id, 'thumbnail')} alt="" loading="lazy" /> : <Film size={16} aria-hidden="true" />}</span>
      <span className={css.words}>
        <small>
          {word}
          {video.status === 'completed' ? '' : ` · ${t(`library.${video.status}`)}`}
          {isHere ? ` · ${t('video.here')}` : ''}
        </small>
        <span>{video.prompt}</span>
      </span>
    </Link>
  );
}
