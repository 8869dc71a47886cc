import { useTranslation } from 'react-i18next';
import type { EstimateAnswer } from '../create/Estimate';
import { useFormat } from '../i18n/format';
import css from './Spend.module.css';

const kinds = ['daily', 'monthly'] as const;

/** What is left of each budget; one that is not set is told as such. */
export function Budgets({ budgets }: { budgets: EstimateAnswer['budgets'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={css.budgets}>
      {kinds.map((kind) => {
        const budget = budgets[kind];
        const share = budget ? (budget.limit_usd > 0 ? Math.min(1, budget.used_usd / budget.limit_usd) : 1) : 0;
        return (
          <section key={kind} className={css.card} aria-labelledby={`budget-${kind}`}>
            <h2 id={`budget-${kind}`}>{t(`spend.${kind}`)}</h2>
            {budget ? (
              <>
                <p className={css.left}>{t('spend.left', { usd: format.money(budget.left_usd) })}</p>
                <div className={`${css.meter} ${share >= 1 ? css.over : share > 0.8 ? css.near : ''}`} role="meter" aria-labelledby={`budget-${kind}`} aria-valuemin={0} aria-valuemax={budget.limit_usd} aria-valuenow={Math.min(budget.used_usd, budget.limit_usd)} aria-valuetext={t('spend.used', { usd: format.money(budget.used_usd), limit: format.money(budget.limit_usd) })}>
                  <span style={{ transform: `scaleX(${share})` }} />
                </div>
                <p className={css.soft}>{t('spend.used', { usd: format.money(budget.used_usd), limit: format.money(budget.limit_usd) })}</p>
              </>
            ) : (
              <p className={css.soft}>{t('spend.noBudget')}</p>
            )}
          </section>
        );
      })}
    </div>
  );
}
