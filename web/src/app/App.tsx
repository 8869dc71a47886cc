import { type QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, lazy, useEffect, useState } from 'react';
import { ApiError } from '../api/errors';
import { meQuery } from '../api/queries';
import { Fault } from '../ui/Fault';
import { Loading } from '../ui/states';
import { Toasts } from '../ui/toasts';
import { Pages } from './Pages';
import { Shell } from './Shell';

const SignIn = lazy(() => import('../signin/SignIn'));

export function App({ client }: { client: QueryClient }) {
  return (
    <QueryClientProvider client={client}>
      <Suspense fallback={<Loading />}>
        <Gate />
      </Suspense>
      <Toasts />
    </QueryClientProvider>
  );
}

/** Who is signed in decides what is shown; the address stays, so that signing in leads back to it. */
function Gate() {
  // What was asked at the very beginning is not asked again only because it was refused.
  const me = useQuery({ ...meQuery, retryOnMount: false });
  const client = useQueryClient();
  const refused = me.error instanceof ApiError && me.error.status === 401;
  const signedIn = me.data !== undefined && !refused && !me.data.user.password_change_required;

  const user = me.data?.user.id;
  const [former, setFormer] = useState(user);
  const isAnother = former !== undefined && user !== former;

  useEffect(() => {
    // What one user has seen is not for the next one, who may have signed in in another tab.
    if (refused || isAnother) client.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] });
    setFormer(user);
  }, [refused, isAnother, user, client]);

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
  }, [signedIn, user, client]);

  if (refused) return <SignIn ended={me.data !== undefined} />;
  if (me.data?.user.password_change_required) return <SignIn user={me.data.user} />;
  if (me.data && !isAnother) {
    return (
      <Shell me={me.data}>
        <Pages me={me.data} />
      </Shell>
    );
  }

  if (me.error && !me.isFetching) return <main><Fault error={me.error} retry={() => void me.refetch()} /></main>;
  return <Loading />;
}
