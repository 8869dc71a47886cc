import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, lazy, useEffect, useState } from 'react';
import { ApiError } from '../api/errors';
import { meQuery, newQueryClient } from '../api/queries';
import { Fault } from '../ui/Fault';
import { Loading } from '../ui/states';
import { Toasts } from '../ui/toasts';
import { Pages } from './Pages';
import { Shell } from './Shell';

const SignIn = lazy(() => import('../signin/SignIn'));

export function App() {
  const [wasSignedIn, setWasSignedIn] = useState(false);
  const [client] = useState(() => {
    const made = newQueryClient(() => {
      setWasSignedIn(made.getQueryData(meQuery.queryKey) !== undefined);
      made.clear();
      void made.invalidateQueries({ queryKey: meQuery.queryKey });
    });
    return made;
  });
  return (
    <QueryClientProvider client={client}>
      <Suspense fallback={<Loading />}>
        <Gate wasSignedIn={wasSignedIn} />
      </Suspense>
      <Toasts />
    </QueryClientProvider>
  );
}

/** Who is signed in decides what is shown; the address stays, so that signing in leads back to it. */
function Gate({ wasSignedIn }: { wasSignedIn: boolean }) {
  const me = useQuery(meQuery);
  const client = useQueryClient();
  const signedIn = me.data !== undefined && !me.data.user.password_change_required;

  useEffect(() => {
    if (!signedIn) return;
    let stop = () => {};
    let over = false;
    void import('../api/live').then(({ startLive }) => {
      if (!over) stop = startLive(client);
    });
    return () => {
      over = true;
      stop();
    };
  }, [signedIn, client]);

  if (me.data?.user.password_change_required) return <SignIn user={me.data.user} />;
  if (me.data) {
    return (
      <Shell me={me.data}>
        <Suspense fallback={<Loading />}>
          <Pages me={me.data} />
        </Suspense>
      </Shell>
    );
  }

  if (me.error instanceof ApiError && me.error.status === 401) return <SignIn ended={wasSignedIn} />;
  if (me.error && !me.isFetching) return <main><Fault error={me.error} retry={() => void me.refetch()} /></main>;
  return <Loading />;
}
