import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { listVideo, putVideo } from '../api/lists';
import type { Video } from '../api/types';
import { newKey } from '../create/submit';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Fault } from '../ui/Fault';
import { AreaField, TextField } from '../ui/Field';
import { toast } from '../ui/toasts';
import css from './Video.module.css';

export type FollowKind = 'remix' | 'edit' | 'extend';

interface Given {
  prompt: string;
  seconds: string;
}

const paths = { remix: '/api/videos/{id}/remix', edit: '/api/videos/{id}/edit', extend: '/api/videos/{id}/extend' } as const;

/** A video made from this one: asks for what changes. */
export function FollowDialog({ kind, video, onClose }: { kind: FollowKind; video: Video; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, go] = useLocation();
  const sent = useRef({ content: '', key: '' });
  const { register, handleSubmit, formState } = useForm<Given>({ defaultValues: { prompt: kind === 'remix' ? video.prompt : '', seconds: '' } });
  const follow = useMutation({
    mutationFn: async (given: Given) => {
      const body = { prompt: given.prompt.trim(), ...(kind === 'extend' && given.seconds.trim() ? { seconds: given.seconds.trim() } : {}) };
      const content = JSON.stringify(body);
      if (sent.current.content !== content) sent.current = { content, key: newKey() };
      return (await api.post(paths[kind], { path: { id: video.id }, body, idempotencyKey: sent.current.key })) as Video;
    },
    onSuccess: (made) => {
      putVideo(client, made);
      listVideo(client, made);
      void client.invalidateQueries({ queryKey: ['family'] });
      toast(t('video.started'));
      onClose();
      go(`/videos/${made.id}`);
    },
  });
  return (
    <Dialog title={t(`video.${kind}`)} open onClose={onClose}>
      <form className={css.form} noValidate onSubmit={handleSubmit((given) => follow.mutate(given))}>
        <p>{t(`video.${kind}About`)}</p>
        {follow.error ? <Fault error={follow.error} /> : null}
        <AreaField
          label={t(kind === 'extend' ? 'video.goesOn' : 'video.change')}
          rows={4}
          autoFocus
          error={formState.errors.prompt ? t('video.required') : undefined}
          {...register('prompt', { validate: (text) => text.trim().length > 0 })}
        />
        {kind === 'extend' ? <TextField label={t('video.secondsMore')} hint={t('video.byDefault')} inputMode="decimal" {...register('seconds')} /> : null}
        <p className={css.note}>{t('video.costNote')}</p>
        <div className={css.formActions}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button look="main" type="submit" busy={follow.isPending}>
            {t(`video.${kind}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
