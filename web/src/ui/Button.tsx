import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';
import css from './Button.module.css';
import { Spinner } from './Spinner';

type Look = 'main' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
  icon?: ReactNode;
  /** Shows that it is under way; pressing it again does nothing. */
  busy?: boolean;
}

export function Button({ look = 'plain', small, icon, busy, children, className, type = 'button', onClick, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} aria-busy={busy || undefined} aria-disabled={busy || undefined} onClick={busy ? (event) => event.preventDefault() : onClick} className={classOf(look, small, className)}>
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A button that shows only an icon; its label is its name. */
export function IconButton({ label, icon, className, type = 'button', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; icon: ReactNode }) {
  return (
    <button {...rest} type={type} aria-label={label} title={label} className={`${css.icon} ${className ?? ''}`}>
      {icon}
    </button>
  );
}

export function ButtonLink({ href, look = 'plain', small, icon, children, download }: { href: string; look?: Look; small?: boolean; icon?: ReactNode; children: ReactNode; download?: string }) {
  const name = classOf(look, small);
  return download === undefined ? (
    <Link href={href} className={name}>
      {icon}
      {children}
    </Link>
  ) : (
    <a href={href} download={download} className={name}>
      {icon}
      {children}
    </a>
  );
}

function classOf(look: Look, small?: boolean, more?: string): string {
  return [css.button, css[look], small ? css.small : '', more ?? ''].filter(Boolean).join(' ');
}
