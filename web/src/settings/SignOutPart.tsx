import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endSession, useSignOut } from '../app/useSignOut';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import css from './Settings.module.css';

export function SignOutPart() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const signOut = useSignOut();
  const [asking, ask] = useState(false);
  const everywhere = useMutation({ mutationFn: () => endSession(client, true) });
  return (
    <section className={css.part} aria-labelledby="sign-out">
      <h2 id="sign-out">{t('app.signOut')}</h2>
      <p className={css.note}>{t('settings.signOutAbout')}</p>
      <div className={css.actions}>
        <Button onClick={signOut}>{t('settings.signOutHere')}</Button>
        <Button look="danger" onClick={() => ask(true)}>
          {t('settings.signOutEverywhere')}
        </Button>
      </div>
      {asking ? (
        <ConfirmDialog title={t('settings.signOutEverywhere')} action={t('settings.signOutEverywhere')} danger error={everywhere.error} busy={everywhere.isPending} onConfirm={() => everywhere.mutate()} onClose={() => ask(false)}>
          {t('settings.everywhereAbout')}
        </ConfirmDialog>
      ) : null}
    </section>
  );
}
