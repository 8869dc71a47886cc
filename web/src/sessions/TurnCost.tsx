import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { EstimateAnswer } from '../create/Estimate';
import { useFormat } from '../i18n/format';
import css from './Composer.module.css';

/** What the next turn costs and what is left, before it is asked for. */
export function TurnCost({ model, size, count, inputs }: { model: string; size: string; count: number; inputs: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = { model, kind: 'image' as const, size: size || undefined, count, inputs };
  const { data } = useQuery({
    queryKey: ['estimate', query],
    queryFn: async ({ signal }) => (await api.get('/api/estimate', { query, signal })) as EstimateAnswer,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  if (!data) return <p className={css.cost} />;
  const { daily, monthly } = data.budgets;
  const usd = data.estimated_usd;
  const words = [
    usd === null ? t('create.estimateUnknown') : usd === 0 ? t('create.estimateFree') : t('create.estimate', { usd: format.money(usd) }),
    daily ? t('create.leftDay', { usd: format.money(daily.left_usd) }) : '',
    monthly ? t('create.leftMonth', { usd: format.money(monthly.left_usd) }) : '',
  ];
  return (
    <p className={css.cost} aria-live="polite">
      {words.filter(Boolean).join(' · ')}
    </p>
  );
}
