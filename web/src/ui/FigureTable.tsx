import type { ReactNode } from 'react';
import css from './Table.module.css';

interface FigureTableProps {
  /** What the table is about, for who does not see its heading. */
  label: string;
  /** Words over the columns: what a row is, then its figures. */
  head: readonly string[];
  rows: readonly { key: string; name: ReactNode; figures: readonly string[] }[];
}

/** A table of things and their figures; a wide one is scrolled sideways, by keys too. */
export function FigureTable({ label, head: [name, ...figures], rows }: FigureTableProps) {
  return (
    <div className={css.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col" className={css.number}>
                {figure}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {row.figures.map((figure, at) => (
                <td key={figures[at]} className={css.number}>
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
