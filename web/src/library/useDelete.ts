import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ApiError } from '../api/errors';
import { dropVideo } from '../api/lists';
import { toast, useToastFault } from '../ui/toasts';
import { hide, unhide } from '../api/hidden';

/** How long a delete can be taken back, in milliseconds. The server's own delete is for good, so it is only asked for afterwards. */
const grace = 7_000;

const pending = new Set<() => Promise<void>>();
// Whoever closes the page has decided.
addEventListener('pagehide', () => void finishDeletes());

/** Asks now for all deletes that could still be taken back. */
export async function finishDeletes(): Promise<void> {
  await Promise.all([...pending].map((finish) => finish()));
}

/** Deletes videos: they are out of sight at once, and from the server when the time to take it back is over. */
export function useDelete(): (ids: readonly string[]) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const fail = useToastFault();
  return (ids) => {
    if (ids.length === 0) return;
    hide(ids);
    const finish = async () => {
      clearTimeout(timer);
      if (!pending.delete(finish)) return;
      const ends = await Promise.allSettled(ids.map((id) => removeNow(client, id)));
      const faults = ends.filter((end) => end.status === 'rejected');
      if (faults.length === 0) return;
      unhide(ids.filter((_, index) => ends[index]?.status === 'rejected'));
      if (faults.length > 1) toast(t('library.notDeleted', { count: faults.length }), { bad: true });
      fail(faults[0]?.reason);
    };
    const timer = setTimeout(() => void finish(), grace);
    pending.add(finish);
    toast(
      t('library.deleted', { count: ids.length }),
      {
        action: {
          label: t('app.undo'),
          run: () => {
            if (!pending.delete(finish)) return;
            clearTimeout(timer);
            unhide(ids);
          },
        },
      },
      grace,
    );
  };
}

async function removeNow(client: QueryClient, id: string): Promise<void> {
  try {
    await api.delete('/api/videos/{id}', { path: { id }, query: { cancel_first: true }, keepalive: true });
  } catch (fault) {
    // Somebody else was faster.
    if (!(fault instanceof ApiError && fault.status === 404)) throw fault;
  }
  // It stays hidden: an update that was on its way must not bring it back.
  dropVideo(client, id);
}
