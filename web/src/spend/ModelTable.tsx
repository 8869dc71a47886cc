import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format';
import table from '../ui/Table.module.css';
import { Swatch } from './Chart';
import { type ModelSum, cost } from './sums';

export function ModelTable({ sums, series }: { sums: ModelSum[]; series: string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = sums.reduce((sum, one) => sum + cost(one), 0);
  return (
    <div className={table.scroll} tabIndex={0} role="group" aria-label={t('spend.byModel')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('create.model')}</th>
            <th scope="col" className={table.number}>
              {t('spend.made')}
            </th>
            <th scope="col" className={table.number}>
              {t('spend.share')}
            </th>
            <th scope="col" className={table.number}>
              {t('spend.cost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sums.map((sum) => (
            <tr key={sum.model}>
              <th scope="row">
                <Swatch at={series.indexOf(sum.model)} />
                {sum.model}
              </th>
              <td className={table.number}>{format.number(sum.completed)}</td>
              <td className={table.number}>{all > 0 ? format.percent((cost(sum) / all) * 100) : '–'}</td>
              <td className={table.number}>{format.money(cost(sum))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
