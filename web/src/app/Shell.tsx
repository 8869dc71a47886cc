import { Ellipsis, LogOut } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useReachable } from '../api/reachable';
import type { Me } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { HelpDialog } from './HelpDialog';
import { Logo } from './Logo';
import { Preferences } from './Preferences';
import { type PageRoute, routes } from './routes';
import { useGlobalKeys } from './useGlobalKeys';
import { usePlaces } from './usePlaces';
import { useSignOut } from './useSignOut';
import css from './Shell.module.css';

export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const { t } = useTranslation();
  const [address] = useLocation();
  const [help, setHelp] = useState(false);
  const [more, setMore] = useState(false);
  const main = useRef<HTMLElement>(null);
  const reachable = useReachable();
  const signOut = useSignOut();
  const shown = routes.filter((route) => route.icon && (!route.forAdmins || me.user.role === 'admin'));
  useGlobalKeys(() => setHelp(true));

  usePlaces(address, () => {
    setMore(false);
    main.current?.focus({ preventScroll: true });
  });

  return (
    <div className={css.shell}>
      <a href="#main" className={css.skip}>
        {t('app.skip')}
      </a>
      <nav className={css.rail} aria-label={t('app.main')}>
        <Link href="/" className={css.brand} aria-label={t('app.name')}>
          <Logo />
          <span>Kinora</span>
        </Link>
        <ul className={css.places}>
          {shown.map((route) => (
            <li key={route.path} className={route.inBar ? '' : css.onlyRail}>
              <Place route={route} address={address} />
            </li>
          ))}
          <li className={css.onlyBar}>
            <button type="button" className={css.place} aria-haspopup="dialog" onClick={() => setMore(true)}>
              <Ellipsis size={20} aria-hidden="true" />
              <span>{t('app.more')}</span>
            </button>
          </li>
        </ul>
        <div className={css.foot}>
          <button type="button" className={css.who} aria-haspopup="dialog" onClick={() => setMore(true)}>
            <span className={css.face} aria-hidden="true">
              {me.user.username.slice(0, 1).toUpperCase()}
            </span>
            <span className={css.name} aria-hidden="true">
              {me.user.username}
            </span>
            <span className="visually-hidden">{t('app.signedInAs', { name: me.user.username })}</span>
          </button>
        </div>
      </nav>
      <main id="main" ref={main} tabIndex={-1} className={css.main}>
        {reachable ? null : (
          <p className={css.offline} role="status">
            {t('app.offline')}
          </p>
        )}
        {children}
      </main>
      <HelpDialog open={help} onClose={() => setHelp(false)} />
      <Dialog title={me.user.username} open={more} onClose={() => setMore(false)}>
        <ul className={`${css.moreList} ${css.onlyBarBlock}`}>
          {shown.filter((route) => !route.inBar).map((route) => (
            <li key={route.path}>
              <Place route={route} address={address} />
            </li>
          ))}
        </ul>
        <Preferences />
        <ul className={css.moreList}>
          <li>
            <a className={css.place} href="/docs">
              {t('app.apiDocs')}
            </a>
          </li>
          <li>
            <button type="button" className={css.place} onClick={signOut}>
              <LogOut size={18} aria-hidden="true" />
              <span>{t('app.signOut')}</span>
            </button>
          </li>
        </ul>
      </Dialog>
    </div>
  );
}

function Place({ route, address }: { route: PageRoute; address: string }) {
  const { t } = useTranslation();
  const here = route.path === '/' ? address === '/' || address.startsWith('/videos') : address === route.path || address.startsWith(`${route.path}/`);
  const Icon = route.icon;
  return (
    <Link href={route.path} className={css.place} aria-current={here ? 'page' : undefined}>
      {Icon ? <Icon size={20} aria-hidden="true" /> : null}
      <span>{t(route.title)}</span>
    </Link>
  );
}
