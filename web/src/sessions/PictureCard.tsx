import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Clapperboard, Columns2, CornerDownRight, Download, Ellipsis, MessagesSquare, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { handOver } from '../create/handover';
import { Badge } from '../ui/Badge';
import { Button, IconButton } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { useToastFault } from '../ui/toasts';
import { NewSessionDialog } from './NewSessionDialog';
import { blobOf } from './pictures';
import type { Turn, TurnPicture } from './session';
import css from './Session.module.css';

interface PictureCardProps {
  turn: Turn;
  picture: TurnPicture;
  isFrom: boolean;
  canGoOn: boolean;
  canCompare: boolean;
  onGoOn: (picture: string) => void;
  onCompare: (picture: string) => void;
  onDeleted: () => void;
}

export function PictureCard({ turn, picture, isFrom, canGoOn, canCompare, onGoOn, onCompare, onDeleted }: PictureCardProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, go] = useLocation();
  const fail = useToastFault();
  const [asked, ask] = useState<'delete' | 'session' | null>(null);
  const [fetching, setFetching] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.delete('/api/images/{id}', { path: { id: turn.id } }),
    onSuccess: () => {
      ask(null);
      onDeleted();
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const toVideo = async () => {
    setFetching(true);
    try {
      handOver({ firstFrame: await blobOf(picture.url) });
      go('/create');
    } catch (fault) {
      setFetching(false);
      fail(fault);
    }
  };
  const [width, height] = [picture.width ?? 1024, picture.height ?? 1024];
  const name = `${picture.id}.${picture.mime_type.slice(picture.mime_type.indexOf('/') + 1).replace('jpeg', 'jpg')}`;

  return (
    <figure className={`${css.figure} ${isFrom ? css.isFrom : ''}`} style={{ width: `min(100%, ${width + 18}px, calc(60dvh * ${width / height}))` }}>
      <a href={picture.url} target="_blank" rel="noreferrer">
        <img src={picture.url} alt={turn.prompt} loading="lazy" style={{ aspectRatio: `${width} / ${height}` }} />
      </a>
      <figcaption>
        {isFrom ? (
          <Badge tone="accent" icon={<CornerDownRight size={12} aria-hidden="true" />}>
            {t('sessions.goesOnHere')}
          </Badge>
        ) : canGoOn ? (
          <Button small icon={<CornerDownRight size={16} aria-hidden="true" />} onClick={() => onGoOn(picture.id)}>
            {t('sessions.goOn')}
          </Button>
        ) : null}
        <Button small look="quiet" busy={fetching} icon={<Clapperboard size={16} aria-hidden="true" />} onClick={() => void toVideo()}>
          {t('sessions.toVideo')}
        </Button>
        {canCompare ? (
          <Button small look="quiet" icon={<Columns2 size={16} aria-hidden="true" />} onClick={() => onCompare(picture.id)}>
            {t('sessions.compare')}
          </Button>
        ) : null}
        <Menu trigger={<IconButton label={t('sessions.more')} icon={<Ellipsis size={18} />} />}>
          <MenuItem icon={<Download size={16} />} onSelect={() => save(picture.url, name)}>
            {t('video.download')}
          </MenuItem>
          <MenuItem icon={<MessagesSquare size={16} />} onSelect={() => ask('session')}>
            {t('sessions.newFrom')}
          </MenuItem>
          <MenuLine />
          <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => ask('delete')}>
            {t('video.delete')}
          </MenuItem>
        </Menu>
      </figcaption>
      {asked === 'delete' ? (
        <ConfirmDialog title={t('sessions.deleteTitle')} action={t('video.delete')} danger error={remove.error} busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={() => ask(null)}>
          {t('sessions.deleteAbout')}
        </ConfirmDialog>
      ) : null}
      {asked === 'session' ? <NewSessionDialog from={picture.id} onClose={() => ask(null)} /> : null}
    </figure>
  );
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
