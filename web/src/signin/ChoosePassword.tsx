import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { meQuery } from '../api/queries';
import { useSignOut } from '../app/useSignOut';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { toast } from '../ui/toasts';
import { PasswordField } from './PasswordField';
import css from './SignIn.module.css';

interface Given {
  next: string;
  again: string;
}

/** After the one-time secret, or when an admin has set the password: nothing else is possible before. */
export function ChoosePassword({ username }: { username: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const signOut = useSignOut();
  const { register, handleSubmit, formState, getValues } = useForm<Given>({ defaultValues: { next: '', again: '' } });
  const choose = useMutation({
    mutationFn: ({ next }: Given) => api.post('/api/auth/change-password', { body: { newPassword: next } }),
    onSuccess: async () => {
      await client.fetchQuery({ ...meQuery, staleTime: 0 });
      toast(t('signin.welcome', { name: username }));
    },
  });
  const { next, again } = formState.errors;
  return (
    <form className={css.form} noValidate onSubmit={handleSubmit((given) => choose.mutate(given))}>
      <h1>{t('signin.chooseTitle')}</h1>
      <p>{t('signin.chooseAbout')}</p>
      {choose.error ? <Fault error={choose.error} /> : null}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordField
        label={t('signin.newPassword')}
        autoComplete="new-password"
        hint={t('signin.newPasswordHint')}
        autoFocus
        error={next ? t('signin.tooShort') : undefined}
        {...register('next', { required: true, minLength: 8 })}
      />
      <PasswordField
        label={t('signin.repeat')}
        autoComplete="new-password"
        error={again ? t('signin.differs') : undefined}
        {...register('again', { validate: (value) => value === getValues('next') })}
      />
      <Button look="main" type="submit" busy={choose.isPending}>
        {t('signin.choose')}
      </Button>
      <Button look="quiet" onClick={signOut}>
        {t('app.signOut')}
      </Button>
    </form>
  );
}
