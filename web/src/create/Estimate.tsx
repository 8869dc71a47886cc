import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Model } from '../api/types';
import { useFormat } from '../i18n/format';
import { allowsSeconds, allowsSize } from './rules';
import type { Pictures } from './submit';
import type { Wish } from './useCreateForm';
import css from './Create.module.css';

interface Left {
  limit_usd: number;
  used_usd: number;
  left_usd: number;
}

export interface EstimateAnswer {
  model: string;
  estimated_usd: number | null;
  budgets: { daily: Left | null; monthly: Left | null };
}

/** What it would cost and what is left, before anything is asked for: the server's own sum. */
export function Estimate({ wish, model, pictures }: { wish: Wish; model: Model; pictures: Pictures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const inputs = (model.first_frame && pictures.first ? 1 : 0) + (model.last_frame && pictures.last ? 1 : 0) + Math.min(pictures.references.length, model.max_references);
  const asked = useDeferredValue(
    JSON.stringify({
      model: model.id,
      size: allowsSize(model.sizes, wish.size) ? wish.size : undefined,
      seconds: allowsSeconds(model.durations, Number(wish.seconds)) ? Number(wish.seconds) : undefined,
      inputs,
    }),
  );
  const { data } = useQuery({
    queryKey: ['estimate', asked],
    queryFn: async ({ signal }) => (await api.get('/api/estimate', { query: JSON.parse(asked) as never, signal })) as EstimateAnswer,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  if (!data) return <div className={css.cost} />;

  const usd = data.estimated_usd;
  const { daily, monthly } = data.budgets;
  const left = Math.min(daily?.left_usd ?? Number.POSITIVE_INFINITY, monthly?.left_usd ?? Number.POSITIVE_INFINITY);
  return (
    <div className={css.cost} aria-live="polite" data-estimate={usd ?? 'unknown'}>
      <strong>{usd === null ? t('create.estimateUnknown') : usd === 0 ? t('create.estimateFree') : t('create.estimate', { usd: format.money(usd) })}</strong>
      {daily || monthly ? (
        <small>{[daily ? t('create.leftDay', { usd: format.money(daily.left_usd) }) : '', monthly ? t('create.leftMonth', { usd: format.money(monthly.left_usd) }) : ''].filter(Boolean).join(' · ')}</small>
      ) : null}
      {usd !== null && usd > left ? <small className={css.bad}>{t('create.tooDear')}</small> : null}
      {usd === null && (daily || monthly) ? <small className={css.bad}>{t('create.unknownDear')}</small> : null}
    </div>
  );
}
