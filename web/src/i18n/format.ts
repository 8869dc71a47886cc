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
  const usd = (digits: number) => new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: digits });
  const [whole, small] = [usd(2), usd(4)];
  const amount = (value: number, unit: string, digits = 0) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits }).format(value);
  return {
    money: (dollars) => (dollars === null || dollars === undefined ? '–' : (dollars !== 0 && Math.abs(dollars) < 0.1 ? small : whole).format(dollars)),
    number: (value) => number.format(value),
    percent: (value) => new Intl.NumberFormat(language, { style: 'percent' }).format(value / 100),
    time: (seconds) => time.format(seconds * 1000),
    day: (seconds) => day.format(seconds * 1000),
    date: (iso) => date.format(new Date(iso)),
    month: (iso) => month.format(new Date(iso)),
    span: (seconds) => {
      const total = Math.max(1, Math.round(seconds));
      return total < 60 ? amount(total, 'second') : total < 3_600 ? `${amount(Math.floor(total / 60), 'minute')} ${amount(total % 60, 'second')}` : `${amount(Math.floor(total / 3_600), 'hour')} ${amount(Math.floor((total % 3_600) / 60), 'minute')}`;
    },
    bytes: (count) => {
      const step = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
      return amount(count / 1000 ** step, units[step] ?? 'byte', step === 0 ? 0 : 1);
    },
  };
}

const made = new Map<string, Format>();

/** The same for all who ask: to make a format takes longer than to use it a hundred times. */
export function formatIn(language: string): Format {
  const known = made.get(language);
  if (known) return known;
  const format = formatOf(language);
  made.set(language, format);
  return format;
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatIn(i18n.language);
}
