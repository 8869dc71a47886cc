import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format';
import { FigureTable } from '../ui/FigureTable';
import { Swatch } from './Chart';
import { type ModelSum, cost } from './sums';

export function ModelTable({ sums, series }: { sums: ModelSum[]; series: string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = sums.reduce((sum, one) => sum + cost(one), 0);
  return (
    <FigureTable
      label={t('spend.byModel')}
      head={[t('create.model'), t('spend.made'), t('spend.share'), t('spend.cost')]}
      rows={sums.map((sum) => ({
        key: sum.model,
        name: (
          <>
            <Swatch at={series.indexOf(sum.model)} />
            {sum.model}
          </>
        ),
        figures: [format.number(sum.completed), all > 0 ? format.percent((cost(sum) / all) * 100) : '–', format.money(cost(sum))],
      }))}
    />
  );
}
