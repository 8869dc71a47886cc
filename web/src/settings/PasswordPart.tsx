import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { keys } from '../api/queries';
import { PasswordField } from '../signin/PasswordField';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { toast } from '../ui/toasts';
import css from './Settings.module.css';

interface Given {
  current: string;
  next: string;
  again: string;
}

const nothing: Given = { current: '', next: '', again: '' };

export function PasswordPart({ username }: { username: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { register, handleSubmit, formState, getValues, reset } = useForm<Given>({ defaultValues: nothing });
  const change = useMutation({
    mutationFn: ({ current, next }: Given) => api.post('/api/auth/change-password', { body: { currentPassword: current, newPassword: next } }),
    onSuccess: () => {
      reset(nothing);
      void client.invalidateQueries({ queryKey: keys.me });
      toast(t('settings.passwordChanged'));
    },
  });
  const { current, next, again } = formState.errors;
  return (
    <section className={css.part} aria-labelledby="password">
      <h2 id="password">{t('settings.password')}</h2>
      <p className={css.note}>{t('settings.passwordAbout')}</p>
      <form className={css.form} noValidate onSubmit={handleSubmit((given) => change.mutate(given))}>
        {change.error ? <Fault error={change.error} /> : null}
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordField label={t('settings.currentPassword')} autoComplete="current-password" error={current ? t('signin.required') : undefined} {...register('current', { required: true })} />
        <PasswordField label={t('signin.newPassword')} autoComplete="new-password" hint={t('signin.newPasswordHint')} error={next ? t('signin.tooShort') : undefined} {...register('next', { required: true, minLength: 8 })} />
        <PasswordField label={t('signin.repeat')} autoComplete="new-password" error={again ? t('signin.differs') : undefined} {...register('again', { validate: (value) => value === getValues('next') })} />
        <div>
          <Button type="submit" look="main" busy={change.isPending}>
            {t('settings.changePassword')}
          </Button>
        </div>
      </form>
    </section>
  );
}
