import { Camera, StepBack, StepForward } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { contentOf } from '../api/queries';
import type { Video } from '../api/types';
import { isTyping } from '../app/useGlobalKeys';
import { handOver } from '../create/handover';
import { parseSize } from '../create/rules';
import { Button, IconButton } from '../ui/Button';
import { toast } from '../ui/toasts';
import { settingsOf, stillOf } from './stills';
import css from './Video.module.css';

const frame = 1 / 24;

/** The film itself; any of its frames can become the first of the next. */
export function Player({ video }: { video: Video }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const film = useRef<HTMLVideoElement>(null);
  const size = parseSize(video.size);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== ' ' || isTyping(target) || target.closest('button, a, summary, video, dialog') || !film.current) return;
      event.preventDefault();
      if (film.current.paused) void film.current.play();
      else film.current.pause();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);

  const move = (by: number) => {
    const element = film.current;
    if (!element) return;
    element.pause();
    element.currentTime = Math.min(Math.max(0, element.currentTime + by), element.duration || 0);
  };

  const take = async () => {
    const still = film.current && (await stillOf(film.current));
    if (!still) {
      toast(t('video.frameFailed'), { bad: true });
      return;
    }
    handOver({ ...settingsOf(video), prompt: '', seed: undefined, firstFrame: still });
    go('/create');
  };

  return (
    <div>
      <div className={css.screen} style={size ? { aspectRatio: `${size.width} / ${size.height}`, maxWidth: `calc(74dvh * ${size.width / size.height})` } : undefined}>
        <video
          ref={film}
          src={contentOf(video.id, 'video')}
          poster={contentOf(video.id, 'thumbnail')}
          aria-label={t('video.player', { prompt: video.prompt })}
          controls
          playsInline
          loop
          preload="metadata"
        />
      </div>
      <div className={css.frames}>
        <IconButton label={t('video.frameBack')} icon={<StepBack size={18} />} onClick={() => move(-frame)} />
        <IconButton label={t('video.frameOn')} icon={<StepForward size={18} />} onClick={() => move(frame)} />
        <Button small look="quiet" title={t('video.useFrameHint')} icon={<Camera size={18} aria-hidden="true" />} onClick={() => void take()}>
          {t('video.useFrame')}
        </Button>
      </div>
    </div>
  );
}
