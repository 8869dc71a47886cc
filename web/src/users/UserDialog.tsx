import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { keys } from '../api/queries';
import type { User } from '../api/types';
import { isAmount, numberOf } from '../keys/keys';
import { PasswordField } from '../signin/PasswordField';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Fault } from '../ui/Fault';
import { SelectField, TextField } from '../ui/Field';
import css from '../ui/Form.module.css';
import { toast } from '../ui/toasts';

interface Given {
  username: string;
  password: string;
  role: 'user' | 'admin';
  daily: string;
  monthly: string;
}

/** No limit, as the API has it in a change. */
const noLimit = -1;

/** A new account, or the role and budgets of one. */
export function UserDialog({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const textOf = (usd: number | null | undefined) => (typeof usd === 'number' ? String(usd) : '');
  const { register, handleSubmit, formState } = useForm<Given>({
    defaultValues: { username: '', password: '', role: user?.role ?? 'user', daily: textOf(user?.daily_budget_usd), monthly: textOf(user?.monthly_budget_usd) },
  });
  const save = useMutation({
    mutationFn: async ({ username, password, role, daily, monthly }: Given) =>
      user
        ? api.patch('/api/admin/users/{id}', { path: { id: user.id }, body: { role, daily_budget_usd: numberOf(daily) ?? noLimit, monthly_budget_usd: numberOf(monthly) ?? noLimit } })
        : api.post('/api/admin/users', { body: { username: username.trim(), password, role, daily_budget_usd: numberOf(daily), monthly_budget_usd: numberOf(monthly) } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['users'] });
      void client.invalidateQueries({ queryKey: keys.me });
      void client.invalidateQueries({ queryKey: ['spend'] });
      toast(t('users.saved'));
      onClose();
    },
  });
  const { errors } = formState;
  return (
    <Dialog title={user ? t('users.editTitle', { name: user.username }) : t('users.new')} open onClose={onClose}>
      <form className={css.form} noValidate onSubmit={handleSubmit((given) => save.mutate(given))}>
        {save.error ? <Fault error={save.error} /> : null}
        {user ? null : (
          <>
            <TextField label={t('signin.username')} autoComplete="off" autoCapitalize="none" spellCheck={false} autoFocus maxLength={64} error={errors.username ? t('signin.required') : undefined} {...register('username', { validate: (text) => text.trim().length > 0 })} />
            <PasswordField label={t('signin.password')} autoComplete="new-password" hint={t('users.passwordHint')} error={errors.password ? t('signin.tooShort') : undefined} {...register('password', { minLength: 8, required: true })} />
          </>
        )}
        <SelectField label={t('users.role')} hint={t('users.roleHint')} {...register('role')}>
          <option value="user">{t('users.role_user')}</option>
          <option value="admin">{t('users.role_admin')}</option>
        </SelectField>
        <div className={css.pair}>
          <TextField label={t('keys.daily')} inputMode="decimal" placeholder={t('keys.noLimit')} error={errors.daily ? t('create.numberWrong') : undefined} {...register('daily', { validate: isAmount })} />
          <TextField label={t('keys.monthly')} inputMode="decimal" placeholder={t('keys.noLimit')} error={errors.monthly ? t('create.numberWrong') : undefined} {...register('monthly', { validate: isAmount })} />
        </div>
        <div className={css.actions}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button look="main" type="submit" busy={save.isPending}>
            {user ? t('app.save') : t('users.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
