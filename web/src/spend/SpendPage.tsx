import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useMe } from '../api/queries';
import type { EstimateAnswer } from '../create/Estimate';
import { useFormat } from '../i18n/format';
import { Fault } from '../ui/Fault';
import { Empty, Loading, PageHead } from '../ui/states';
import { Budgets } from './Budgets';
import { Chart } from './Chart';
import { ModelTable } from './ModelTable';
import { UserTable } from './UserTable';
import { type SpendRow, barsOf, byModel, seriesOf } from './sums';
import css from './Spend.module.css';

interface Spend {
  since: string;
  budgets: EstimateAnswer['budgets'];
  days: SpendRow[];
}

const spans = [7, 30, 90, 365] as const;
/** As many colours as one can tell apart. */
const colours = 6;

export default function SpendPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const [days, setDays] = useState<number>(30);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['spend', days],
    queryFn: async ({ signal }) => ({ ...((await api.get('/api/spend', { query: { days }, signal })) as unknown as Spend), span: days }),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });

  const sums = byModel(data?.days ?? []);
  const series = seriesOf(sums, colours);
  const total = sums.reduce((sum, one) => sum + one.total, 0);
  const reserved = sums.reduce((sum, one) => sum + one.reserved, 0);
  const step = data && data.span > 90 ? 'month' : 'day';
  return (
    <div className={css.page}>
      <PageHead title={t('app.spend')} about={t('spend.about')} />
      {error && !data ? <Fault error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <>
          <Budgets budgets={data.budgets} />
          <div className={css.spans} role="radiogroup" aria-label={t('spend.span')}>
            {spans.map((one) => (
              <label key={one}>
                <input type="radio" name="span" checked={days === one} onChange={() => setDays(one)} />
                <span>{one === 365 ? t('spend.year') : t('spend.days', { count: one })}</span>
              </label>
            ))}
          </div>
          {sums.length === 0 ? (
            <Empty icon={<ChartColumn size={28} aria-hidden="true" />} title={t('spend.emptyTitle')}>
              {t('spend.emptyAbout')}
            </Empty>
          ) : (
            <div className={css.body} aria-busy={isPlaceholderData}>
              <section className={css.card} aria-labelledby="by-day">
                <header className={css.total}>
                  <h2 id="by-day">{t(step === 'day' ? 'spend.byDay' : 'spend.byMonth')}</h2>
                  <p>
                    <strong>{format.money(total + reserved)}</strong>
                    {reserved > 0 ? <span>{t('spend.ofThemReserved', { usd: format.money(reserved) })}</span> : null}
                  </p>
                </header>
                <Chart bars={barsOf(data.days, data.since, data.span, series, step)} series={series} step={step} />
              </section>
              <section className={css.card} aria-labelledby="by-model">
                <h2 id="by-model">{t('spend.byModel')}</h2>
                <ModelTable sums={sums} series={series} />
              </section>
            </div>
          )}
        </>
      ) : null}
      {(data || error) && me?.user.role === 'admin' && me.scopes.includes('admin') ? <UserTable /> : null}
    </div>
  );
}
