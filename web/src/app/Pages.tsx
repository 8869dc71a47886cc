import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import type { Me } from '../api/types';
import { ButtonLink } from '../ui/Button';
import { Empty, Loading } from '../ui/states';
import { useTitle } from '../ui/useTitle';
import { FaultBoundary } from './FaultBoundary';
import { type PageRoute, routes } from './routes';

/** Each address waits for its page by itself: one that is left is gone, not hidden, or it would come back as it was to whoever returns quickly. */
export function Pages({ me }: { me: Me }) {
  const [address] = useLocation();
  return (
    <FaultBoundary key={address}>
      <Suspense fallback={<Loading />}>
        <Switch>
          {routes
            .filter((route) => !route.forAdmins || me.user.role === 'admin')
            .map((route) => (
              <Route key={route.path} path={route.path}>
                <Titled route={route} />
              </Route>
            ))}
          <Route>
            <Missing />
          </Route>
        </Switch>
      </Suspense>
    </FaultBoundary>
  );
}

function Titled({ route }: { route: PageRoute }) {
  const { t } = useTranslation();
  const title = t(route.title);
  useTitle(title);
  return <route.page />;
}

function Missing() {
  const { t } = useTranslation();
  useTitle(t('app.missing'));
  return (
    <Empty
      alone
      title={t('app.missing')}
      action={
        <ButtonLink href="/" look="main">
          {t('app.toLibrary')}
        </ButtonLink>
      }
    >
      {t('app.missingAbout')}
    </Empty>
  );
}
