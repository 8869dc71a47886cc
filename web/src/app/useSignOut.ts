import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { useToastFault } from '../ui/toasts';

export function useSignOut(): () => void {
  const client = useQueryClient();
  const fail = useToastFault();
  return () => {
    api.post('/api/auth/logout', { body: {} }).then(() => {
      // What one user has seen is not for the next one.
      client.clear();
      location.assign('/');
    }, fail);
  };
}
