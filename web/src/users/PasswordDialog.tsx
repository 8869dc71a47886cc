import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { User } from '../api/types';
import { PasswordField } from '../signin/PasswordField';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Fault } from '../ui/Fault';
import css from '../ui/Form.module.css';
import { toast } from '../ui/toasts';

/** Another password for somebody who has lost his. */
export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { register, handleSubmit, formState } = useForm<{ password: string }>({ defaultValues: { password: '' } });
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) => api.patch('/api/admin/users/{id}', { path: { id: user.id }, body: { password } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['users'] });
      toast(t('users.passwordSet', { name: user.username }));
      onClose();
    },
  });
  return (
    <Dialog title={t('users.passwordTitle', { name: user.username })} open onClose={onClose}>
      <form className={css.form} noValidate onSubmit={handleSubmit((given) => reset.mutate(given))}>
        <p>{t('users.passwordAbout')}</p>
        {reset.error ? <Fault error={reset.error} /> : null}
        <PasswordField label={t('signin.newPassword')} autoComplete="new-password" hint={t('users.passwordHint')} autoFocus error={formState.errors.password ? t('signin.tooShort') : undefined} {...register('password', { minLength: 8, required: true })} />
        <div className={css.actions}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button look="main" type="submit" busy={reset.isPending}>
            {t('users.password')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
