import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { User } from '../api/types';
import { ConfirmDialog } from '../ui/ConfirmDialog';

/** Keeps somebody out, or lets him in again. */
export function DisableDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => api.patch('/api/admin/users/{id}', { path: { id: user.id }, body: { disabled: !user.disabled } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t(user.disabled ? 'users.enableTitle' : 'users.disableTitle', { name: user.username })}
      action={t(user.disabled ? 'users.enable' : 'users.disable')}
      danger={!user.disabled}
      error={change.error}
      busy={change.isPending}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {t(user.disabled ? 'users.enableAbout' : 'users.disableAbout')}
    </ConfirmDialog>
  );
}
