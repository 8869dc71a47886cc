import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format';
import { type Bar, topOf } from './sums';
import css from './Chart.module.css';

/** Bars of stacked models. Pointing at one, or the arrow keys, tell what is in it. */
export function Chart({ bars, series, step }: { bars: Bar[]; series: string[]; step: 'day' | 'month' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, choose] = useState<string | null>(null);
  const found = bars.findIndex((bar) => bar.key === chosen);
  const at = found >= 0 ? found : bars.length - 1;
  const bar = bars[at];
  if (!bar) return null;

  const top = topOf(Math.max(...bars.map((one) => one.total)));
  const when = (one: Bar) => (step === 'day' ? format.date(one.key) : format.month(one.key));
  const nameOf = (part: number) => series[part] ?? t('spend.others');
  const told = bar.parts.flatMap((usd, part) => (usd > 0 ? [`${nameOf(part)} ${format.money(usd)}`] : []));
  const move = (to: number) => choose(bars[Math.min(bars.length - 1, Math.max(0, to))]?.key ?? null);
  return (
    <div className={css.chart}>
      <p className={css.told}>
        <strong>{when(bar)}</strong>
        <span>{format.money(bar.total)}</span>
        {told.length > 0 ? <small>{told.join(' · ')}</small> : null}
      </p>
      <div
        className={css.plot}
        role="slider"
        tabIndex={0}
        aria-label={t(step === 'day' ? 'spend.byDay' : 'spend.byMonth')}
        aria-valuemin={0}
        aria-valuemax={bars.length - 1}
        aria-valuenow={at}
        aria-valuetext={[when(bar), format.money(bar.total), ...told].join(', ')}
        onKeyDown={(event) => {
          const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: bars.length - 1 }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          move(to);
        }}
      >
        <div className={css.scale} aria-hidden="true">
          <span>{format.money(top)}</span>
          <span>{format.money(top / 2)}</span>
          <span>{format.money(0)}</span>
        </div>
        <div className={css.bars} aria-hidden="true">
          {bars.map((one, index) => (
            <div key={one.key} className={`${css.column} ${index === at ? css.chosen : ''}`} onPointerEnter={() => move(index)} onClick={() => move(index)}>
              {one.parts.map((usd, part) => (usd > 0 ? <span key={part} className={css[`s${part < series.length ? part : 'other'}`]} style={{ height: `${(usd / top) * 100}%` }} /> : null))}
            </div>
          ))}
        </div>
      </div>
      <p className={css.ends} aria-hidden="true">
        <span>{bars[0] ? when(bars[0]) : null}</span>
        <span>{bars.length > 1 ? when(bars[bars.length - 1] ?? bar) : null}</span>
      </p>
    </div>
  );
}

/** The colour of a model in the chart, beside its name. */
export function Swatch({ at }: { at: number }) {
  return <span className={`${css.swatch} ${css[`s${at < 0 ? 'other' : at}`]}`} aria-hidden="true" />;
}
