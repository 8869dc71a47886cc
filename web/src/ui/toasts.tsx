import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Unreachable } from '../api/errors';
import { Button, IconButton } from './Button';
import { wordsOf } from './Fault';
import css from './toasts.module.css';

export interface Toast {
  id: number;
  text: string;
  bad?: boolean;
  action?: { label: string; run: () => void };
}

const shown = 6_000;
let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((tell) => tell());
}

export function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Shows a line for a few seconds. */
export function toast(text: string, more: Omit<Toast, 'id' | 'text'> = {}, milliseconds = shown): number {
  const id = ++last;
  set([...toasts.slice(-2), { id, text, ...more }]);
  setTimeout(() => dismiss(id), milliseconds);
  return id;
}

/** A fault of something that was asked for in passing. */
export function toastFault(error: unknown, otherwise: { unreachable: string; broken: string }): void {
  const said = wordsOf(error);
  toast(said ? said.text : error instanceof Unreachable ? otherwise.unreachable : otherwise.broken, { bad: true }, 10_000);
}

/** The same, with the words at hand. */
export function useToastFault(): (error: unknown) => void {
  const { t } = useTranslation();
  return (error) => toastFault(error, { unreachable: t('app.unreachable'), broken: t('app.broken') });
}

export function Toasts() {
  const { t } = useTranslation();
  const all = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => toasts,
  );
  return (
    <div className={css.stack} role="status" aria-live="polite">
      {all.map((one) => (
        <div key={one.id} className={`${css.toast} ${one.bad ? css.bad : ''}`}>
          <span>{one.text}</span>
          {one.action ? (
            <Button
              small
              look="quiet"
              className={css.action}
              onClick={() => {
                dismiss(one.id);
                one.action?.run();
              }}
            >
              {one.action.label}
            </Button>
          ) : null}
          <IconButton label={t('app.close')} icon={<X size={16} />} className={css.close} onClick={() => dismiss(one.id)} />
        </div>
      ))}
    </div>
  );
}
