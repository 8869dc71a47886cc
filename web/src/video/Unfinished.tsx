import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { putVideo } from '../api/lists';
import type { Video } from '../api/types';
import { Progress } from '../library/Progress';
import { parseSize } from '../create/rules';
import { Button } from '../ui/Button';
import { toast, useToastFault } from '../ui/toasts';
import css from './Video.module.css';

/** In place of the film: how far it is, or why there is none. */
export function Unfinished({ video }: { video: Video }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const fail = useToastFault();
  const size = parseSize(video.size);
  const cancel = useMutation({
    mutationFn: () => api.post('/api/videos/{id}/cancel', { path: { id: video.id } }),
    onSuccess: (row) => {
      putVideo(client, row as Video);
      toast(t('video.cancelling'));
    },
    onError: fail,
  });
  const check = useMutation({
    mutationFn: () => api.post('/api/videos/{id}/check-status', { path: { id: video.id } }),
    onSuccess: (answer) => putVideo(client, answer.video as Video),
    onError: fail,
  });
  const open = video.status !== 'failed';
  const error = video.kinora.error;
  return (
    <div className={`${css.screen} ${css.unfinished} ${open ? '' : css.failed}`} style={size ? { aspectRatio: `${size.width} / ${size.height}`, maxWidth: `calc(74dvh * ${size.width / size.height})` } : undefined}>
      {open ? (
        <>
          <div className={css.progress}>
            <Progress video={video} />
          </div>
          {video.kinora.stalled ? <p className={css.stalled}>{video.kinora.reason}</p> : null}
        </>
      ) : (
        <div className={css.why} role="alert">
          <CircleAlert size={32} aria-hidden="true" />
          <strong>{video.error_message ?? video.kinora.reason}</strong>
          {error?.suggestion ? <p>{error.suggestion}</p> : null}
          {error ? <code>{error.code}</code> : null}
        </div>
      )}
      <div className={css.unfinishedActions}>
        {open ? (
          <Button small busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('video.cancel')}
          </Button>
        ) : null}
        {video.kinora.stage === 'expired' || video.kinora.stage === 'submission_unknown' ? (
          <Button small busy={check.isPending} onClick={() => check.mutate()}>
            {t('video.check')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
