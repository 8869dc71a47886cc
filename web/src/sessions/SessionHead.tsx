import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { type Session, nameOf, sessionQuery } from './session';
import css from './Session.module.css';

export function SessionHead({ session }: { session: Session }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [closing, close] = useState(false);
  const end = useMutation({
    mutationFn: async () => (await api.post('/api/sessions/{id}/close', { path: { id: session.session_id } })) as unknown as Session,
    onSuccess: (closed) => {
      client.setQueryData(sessionQuery(session.session_id).queryKey, closed);
      void client.invalidateQueries({ queryKey: ['sessions'] });
      close(false);
    },
  });
  return (
    <header className={css.head}>
      <div>
        <h1>{nameOf(session)}</h1>
        {session.session_name ? <p>{session.description}</p> : null}
        <p className={css.facts}>
          <span>{session.model}</span>
          {session.status === 'active' ? null : <Badge tone="warn">{t(`sessions.status_${session.status}`)}</Badge>}
        </p>
      </div>
      {session.status === 'active' ? <Button onClick={() => close(true)}>{t('sessions.close')}</Button> : null}
      {closing ? (
        <ConfirmDialog title={t('sessions.close')} action={t('sessions.close')} error={end.error} busy={end.isPending} onConfirm={() => end.mutate()} onClose={() => close(false)}>
          {t('sessions.closeAbout')}
        </ConfirmDialog>
      ) : null}
    </header>
  );
}
