import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { meQuery } from '../api/queries';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { TextField } from '../ui/Field';
import { PasswordField } from './PasswordField';
import css from './SignIn.module.css';

interface Given {
  username: string;
  password: string;
}

export function SignInForm({ ended }: { ended: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { register, handleSubmit, formState } = useForm<Given>({ defaultValues: { username: '', password: '' } });
  const signIn = useMutation({
    // The token comes as a cookie that no script can read.
    mutationFn: (given: Given) => api.post('/api/auth/login', { body: { ...given, cookie: true } }),
    onSuccess: () => client.fetchQuery({ ...meQuery, staleTime: 0 }),
  });
  return (
    <form className={css.form} noValidate onSubmit={handleSubmit((given) => signIn.mutate(given))}>
      <h1>{t('signin.title')}</h1>
      {ended && !signIn.error ? <p role="status">{t('signin.ended')}</p> : null}
      {signIn.error ? <Fault error={signIn.error} /> : null}
      <TextField
        label={t('signin.username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        error={formState.errors.username ? t('signin.required') : undefined}
        {...register('username', { required: true })}
      />
      <PasswordField
        label={t('signin.password')}
        autoComplete="current-password"
        hint={t('signin.passwordHint')}
        error={formState.errors.password ? t('signin.required') : undefined}
        {...register('password', { required: true })}
      />
      <Button look="main" type="submit" busy={signIn.isPending}>
        {t('signin.submit')}
      </Button>
    </form>
  );
}
