import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from './Spinner';
import css from './states.module.css';

export function Loading({ label }: { label?: string }) {
  const { t } = useTranslation();
  return (
    <div className={css.loading} role="status">
      <Spinner />
      {label ?? t('app.loading')}
    </div>
  );
}

/** @param alone There is nothing else on the page, so that its title is the page's. */
export function Empty({ icon, title, children, action, alone }: { icon?: ReactNode; title: ReactNode; children?: ReactNode; action?: ReactNode; alone?: boolean }) {
  const Head = alone ? 'h1' : 'h2';
  return (
    <div className={css.empty}>
      {icon ? <div className={css.icon}>{icon}</div> : null}
      <Head>{title}</Head>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}

/** The heading of a page, with what can be done there on the right. */
export function PageHead({ title, about, children }: { title: ReactNode; about?: ReactNode; children?: ReactNode }) {
  return (
    <header className={css.head}>
      <div>
        <h1>{title}</h1>
        {about ? <p>{about}</p> : null}
      </div>
      {children ? <div className={css.headActions}>{children}</div> : null}
    </header>
  );
}
