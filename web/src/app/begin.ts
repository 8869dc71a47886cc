import type { QueryClient } from '@tanstack/react-query';
import { videoListQuery } from '../api/lists';
import { meQuery } from '../api/queries';
import { readFilter } from '../library/useFilter';
import { routes } from './routes';

/** Asks for what the first page will need while texts and scripts are still on their way: one after the other they would take a second. */
export async function begin(client: QueryClient): Promise<void> {
  const { pathname, search } = location;
  const route = routes.find(({ path }) => new RegExp(`^${path.replace(/:\w+/, '[^/]+')}$`).test(pathname));
  route?.load().catch(() => {});
  await client.prefetchQuery(meQuery);
  const me = client.getQueryData(meQuery.queryKey);
  if (pathname === '/' && me && !me.user.password_change_required) await client.prefetchInfiniteQuery(videoListQuery(client, readFilter(search)));
}
