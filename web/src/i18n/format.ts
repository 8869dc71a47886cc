import { useTranslation } from 'react-i18next';

export interface Format {
  money(usd: number | null | undefined): string;
  number(value: number): string;
  percent(value: number): string;
  /** From unix seconds. */
  time(seconds: number): string;
  day(seconds: number): string;
  /** A day of the calendar (2026-11-22), the same for everybody. */
  date(iso: string): string;
  /** A month of the calendar (2026-11). */
  month(iso: string): string;
  /** How long something takes, from seconds. */
  span(seconds: number): string;
  bytes(count: number): string;
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Numbers, money and times as the language has them. Unknown money is a dash, never 0. */
export function formatOf(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  const amount = (value: number, unit: string, digits = 0) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits }).format(value);
  return {
    money: (usd) => (usd === null || usd === undefined ? '–' : new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: usd !== 0 && Math.abs(usd) < 0.1 ? 4 : 2 }).format(usd)),
    number: (value) => number.format(value),
    percent: (value) => new Intl.NumberFormat(language, { style: 'percent' }).format(value / 100),
    time: (seconds) => time.format(seconds * 1000),
    day: (seconds) => day.format(seconds * 1000),
    date: (iso) => date.format(new Date(iso)),
    month: (iso) => month.format(new Date(iso)),
    span: (seconds) => {
      const whole = Math.max(1, Math.round(seconds));
      return whole < 60 ? amount(whole, 'second') : whole < 3_600 ? `${amount(Math.floor(whole / 60), 'minute')} ${amount(whole % 60, 'second')}` : `${amount(Math.floor(whole / 3_600), 'hour')} ${amount(Math.floor((whole % 3_600) / 60), 'minute')}`;
    },
    bytes: (count) => {
      const step = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
      return amount(count / 1000 ** step, units[step] ?? 'byte', step === 0 ? 0 : 1);
    },
  };
}

const made = new Map<string, Format>();

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const known = made.get(i18n.language);
  if (known) return known;
  const format = formatOf(i18n.language);
  made.set(i18n.language, format);
  return format;
}
