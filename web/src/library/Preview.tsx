import { Film } from 'lucide-react';
import { type PointerEvent, useRef, useState } from 'react';
import { contentOf } from '../api/queries';
import type { Video } from '../api/types';
import { frameAt } from './scrub';
import css from './Card.module.css';

/** The still of a video; under a mouse the place along it shows the film at that time. */
export function Preview({ video }: { video: Video }) {
  const sheet = video.kinora.files.find((file) => file.variant === 'spritesheet');
  const film = useRef<HTMLDivElement>(null);
  const [scrubbing, setScrubbing] = useState(false);
  const [lost, lose] = useState(false);

  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType === 'touch' || !sheet?.columns || !sheet.rows) return;
    setScrubbing(true);
    const box = event.currentTarget.getBoundingClientRect();
    const { position, size, index } = frameAt((event.clientX - box.left) / box.width, sheet.columns, sheet.rows);
    const style = film.current?.style;
    if (!style) return;
    // Past React: a frame changes with every movement of the mouse.
    style.backgroundPosition = position;
    style.backgroundSize = size;
    style.setProperty('--place', String((index + 1) / (sheet.columns * sheet.rows)));
  };

  if (!video.thumbnail_path || lost) {
    return (
      <div className={css.blank}>
        {video.status === 'failed' ? null : <Film size={28} aria-hidden="true" />}
      </div>
    );
  }

  return (
    <div className={css.preview} onPointerEnter={move} onPointerMove={move} onPointerLeave={() => setScrubbing(false)}>
      <img src={contentOf(video.id, 'thumbnail')} alt="" loading="lazy" decoding="async" onError={() => lose(true)} />
      <div
        ref={film}
        className={css.film}
        hidden={!scrubbing}
        data-scrub={scrubbing || undefined}
        style={scrubbing ? { backgroundImage: `url("${contentOf(video.id, 'spritesheet')}")` } : undefined}
      />
    </div>
  );
}
