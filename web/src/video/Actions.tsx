import { useQuery } from '@tanstack/react-query';
import { Copy, Download, FastForward, Pencil, Shuffle, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { contentOf, modelsQuery } from '../api/queries';
import type { Video } from '../api/types';
import { handOver } from '../create/handover';
import { useDelete } from '../library/useDelete';
import { Button, ButtonLink } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { toast, useToastFault } from '../ui/toasts';
import { FollowDialog, type FollowKind } from './FollowDialog';
import { settingsOf } from './stills';
import css from './Video.module.css';

/** What can be done with a video; what its model cannot is not offered. */
export function Actions({ video }: { video: Video }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [follow, setFollow] = useState<FollowKind | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const remove = useDelete();
  const fail = useToastFault();
  const models = useQuery(modelsQuery);
  const model = models.data?.data.find((one) => one.id === video.kinora.model);
  const done = video.status === 'completed';

  const copyLink = async () => {
    try {
      const { url } = await api.post('/api/videos/{id}/link', { path: { id: video.id }, body: { variant: 'video' } });
      const address = new URL(url, location.origin).href;
      try {
        await navigator.clipboard.writeText(address);
        toast(t('video.linkCopied'));
      } catch {
        // Not allowed here, as on pages without https.
        setLink(address);
      }
    } catch (fault) {
      fail(fault);
    }
  };

  return (
    <div className={css.actions}>
      {done && model?.remix ? (
        <Button icon={<Shuffle size={18} aria-hidden="true" />} onClick={() => setFollow('remix')}>
          {t('video.remix')}
        </Button>
      ) : null}
      {done ? (
        <Button icon={<FastForward size={18} aria-hidden="true" />} onClick={() => setFollow('extend')}>
          {t('video.extend')}
        </Button>
      ) : null}
      {done && model?.edit ? (
        <Button icon={<Pencil size={18} aria-hidden="true" />} onClick={() => setFollow('edit')}>
          {t('video.edit')}
        </Button>
      ) : null}
      <Button
        icon={<SlidersHorizontal size={18} aria-hidden="true" />}
        onClick={() => {
          handOver(settingsOf(video));
          go('/create');
        }}
      >
        {t('video.reuse')}
      </Button>
      {done ? (
        <>
          <ButtonLink href={contentOf(video.id, 'video')} download={`${video.openai_video_id}.mp4`} icon={<Download size={18} aria-hidden="true" />}>
            {t('video.download')}
          </ButtonLink>
          <Button icon={<Copy size={18} aria-hidden="true" />} onClick={() => void copyLink()}>
            {t('video.copyLink')}
          </Button>
        </>
      ) : null}
      <Button
        look="danger"
        icon={<Trash2 size={18} aria-hidden="true" />}
        onClick={() => {
          remove([video.id]);
          go('/');
        }}
      >
        {t('video.delete')}
      </Button>
      {follow ? <FollowDialog kind={follow} video={video} onClose={() => setFollow(null)} /> : null}
      <Dialog title={t('video.copyLink')} open={link !== null} onClose={() => setLink(null)}>
        <p>{t('video.linkIs')}</p>
        <code className={css.link}>{link}</code>
      </Dialog>
    </div>
  );
}
