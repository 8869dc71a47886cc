import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { finishDeletes } from '../library/useDelete';
import { useToastFault } from '../ui/toasts';

export function useSignOut(): () => void {
  const client = useQueryClient();
  const fail = useToastFault();
  return () => void endSession(client).catch(fail);
}

/** Signs out: here, or everywhere. What was deleted before is asked for as long as the server knows by whom. */
export async function endSession(client: QueryClient, everywhere?: true): Promise<void> {
  await finishDeletes();
  await api.post('/api/auth/logout', { body: { everywhere } });
  // What one user has seen is not for the next one.
  client.clear();
  location.assign('/');
}
