import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { ApiError } from '../api/errors';
import { modelsQuery, videoQuery } from '../api/queries';
import { ButtonLink } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Empty, Loading } from '../ui/states';
import { Actions } from './Actions';
import { Family, familyQuery } from './Family';
import { Player } from './Player';
import { Recipe } from './Recipe';
import { Receipt } from './Receipt';
import { Unfinished } from './Unfinished';
import css from './Video.module.css';

export default function VideoPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams<{ id: string }>();
  const { data: video, error, refetch } = useQuery(videoQuery(id));
  // What they bring stands above other things, which should not move once they are read.
  const family = useQuery(familyQuery(id));
  const models = useQuery(modelsQuery);

  const prompt = video?.prompt;
  useEffect(() => {
    if (prompt) document.title = `${prompt.slice(0, 60)} · Kinora`;
  }, [prompt]);

  if (error && !video) {
    return error instanceof ApiError && error.status === 404 ? (
      <Empty
        alone
        title={t('video.missing')}
        action={
          <ButtonLink href="/" look="main">
            {t('app.toLibrary')}
          </ButtonLink>
        }
      >
        {error.message}
      </Empty>
    ) : (
      <Fault error={error} retry={() => void refetch()} />
    );
  }

  if (!video || family.isPending || models.isPending) return <Loading />;
  return (
    <article className={css.page}>
      <div className={css.top}>
        <ButtonLink href="/" look="quiet" small icon={<ArrowLeft size={16} aria-hidden="true" />}>
          {t('app.library')}
        </ButtonLink>
      </div>
      <div className={css.columns}>
        <div className={css.stage}>
          {video.status === 'completed' ? <Player key={id} video={video} /> : <Unfinished video={video} />}
          <h1 className={css.prompt}>{video.prompt}</h1>
          <Actions video={video} />
          <Family video={video} />
        </div>
        <aside className={css.facts} aria-label={t('video.recipe')}>
          <Recipe video={video} />
          <Receipt video={video} />
        </aside>
      </div>
    </article>
  );
}
