import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useCallback, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card, type CardProps } from './Card';
import { measure, step } from './measures';
import { useDelete } from './useDelete';
import { useHurry } from './useHurry';
import type { Selection } from './useSelection';
import css from './Grid.module.css';

/** So many rows before the last one the next page is asked for. */
const ahead = 12;

interface GridProps {
  ids: readonly string[];
  selection: Selection;
  loadMore: () => void;
}

/** Rows of cards, of which only those near the window exist. */
export function Grid({ ids, selection, loadMore }: GridProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [offset, setOffset] = useState(0);
  const [focus, setFocus] = useState(0);
  const wanted = useRef<number | null>(null);
  const remove = useDelete();
  const hurried = useHurry();
  const { columns, rowHeight, gap } = measure(width || 1);
  const count = Math.ceil(ids.length / columns);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => {
      setWidth(element.clientWidth);
      setOffset(element.offsetTop);
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const rows = useWindowVirtualizer({ count: width ? count : 0, estimateSize: () => rowHeight, overscan: 4, scrollMargin: offset, useFlushSync: false });
  useEffect(() => rows.measure(), [rows, rowHeight]);

  // New rows are drawn in pieces between frames; those beyond the window's edge give the time for it.
  const shown = useDeferredValue(rows.getVirtualItems());
  const lastRow = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (width && lastRow >= count - ahead) loadMore();
  }, [width, lastRow, count, loadMore]);

  // A card that was led to by a key may have to be drawn first.
  useEffect(() => {
    const card = wanted.current === null ? null : frame.current?.querySelector<HTMLElement>(`[data-card="${wanted.current}"]`);
    if (!card) return;
    wanted.current = null;
    card.focus({ preventScroll: true });
  });

  const onFocus = useCallback((index: number) => setFocus(index), []);
  const pressed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // The card itself counts, not its place: others may have come before it.
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-video]')?.dataset.video;
    const at = id === undefined ? -1 : ids.indexOf(id);
    const to = step(event.key, at < 0 ? focus : at, columns, ids.length);
    if (to !== null) {
      event.preventDefault();
      setFocus(to);
      rows.scrollToIndex(Math.floor(to / columns), { align: 'auto' });
      wanted.current = to;
    } else if (event.key === 'x' && id) {
      selection.toggle(id);
    } else if (event.key === 'Delete' && id) {
      remove(selection.ids.size > 0 ? [...selection.ids] : [id]);
      selection.clear();
    } else if (event.key === 'Escape') {
      selection.clear();
    }
  };

  const focusable = Math.min(focus, ids.length - 1);
  return (
    <div ref={frame} role="list" aria-label={t('library.grid')} className={css.grid} style={{ height: rows.getTotalSize() }} onKeyDown={pressed}>
      {shown.flatMap((row) =>
        ids.slice(row.index * columns, (row.index + 1) * columns).map((id, column) => {
          const index = row.index * columns + column;
          return (
            <div
              key={id}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={-1}
              className={css.cell}
              style={{
                height: rowHeight - gap,
                width: `calc((100% - ${gap * (columns - 1)}px) / ${columns})`,
                left: `calc((100% + ${gap}px) / ${columns} * ${column})`,
                transform: `translateY(${row.start - offset}px)`,
              }}
            >
              <Place
                hurried={hurried}
                id={id}
                index={index}
                focusable={index === focusable}
                selected={selection.ids.has(id)}
                selecting={selection.ids.size > 0}
                onSelect={selection.toggle}
                onFocus={onFocus}
              />
            </div>
          );
        }),
      )}
    </div>
  );
}

/** A card, or its bare ground as long as it was never seen but in a hurry. */
const Place = memo(function Place({ hurried, ...card }: CardProps & { hurried: boolean }) {
  const [drawn, setDrawn] = useState(!hurried);
  if (!drawn && !hurried) setDrawn(true);
  return drawn ? <Card {...card} /> : <div className={css.ground} />;
});
