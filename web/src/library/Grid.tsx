import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from './Card';
import { measure, step } from './measures';
import { useDelete } from './useDelete';
import type { Selection } from './useSelection';
import css from './Grid.module.css';

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
  const remove = useDelete();
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

  const rows = useWindowVirtualizer({ count: width ? count : 0, estimateSize: () => rowHeight, overscan: 3, scrollMargin: offset });
  useEffect(() => rows.measure(), [rows, rowHeight]);

  const shown = rows.getVirtualItems();
  const lastRow = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (width && lastRow >= count - 4) loadMore();
  }, [width, lastRow, count, loadMore]);

  const onFocus = useCallback((index: number) => setFocus(index), []);
  const pressed = (event: KeyboardEvent) => {
    const id = ids[focus];
    const to = step(event.key, focus, columns, ids.length);
    if (to !== null) {
      event.preventDefault();
      setFocus(to);
      rows.scrollToIndex(Math.floor(to / columns), { align: 'auto' });
      requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-card="${to}"]`)?.focus({ preventScroll: true }));
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
              <Card
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
