import type { ReactNode } from 'react';
import css from './Badge.module.css';

export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'accent';

export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`${css.badge} ${css[tone]}`}>
      {icon}
      {children}
    </span>
  );
}
