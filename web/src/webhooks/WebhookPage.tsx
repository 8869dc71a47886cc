import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { api } from '../api/client';
import { Badge } from '../ui/Badge';
import { Button, ButtonLink } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Fault } from '../ui/Fault';
import { SecretDialog } from '../ui/SecretDialog';
import { Loading } from '../ui/states';
import { toast, useToastFault } from '../ui/toasts';
import rows from '../ui/Rows.module.css';
import { Deliveries } from './Deliveries';
import { WebhookDialog } from './WebhookDialog';
import { type Webhook, deliveriesKey, webhookQuery, webhooksQuery } from './webhooks';
import css from './Webhook.module.css';

export default function WebhookPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams<{ id: string }>();
  const { data: webhook, error, refetch } = useQuery(webhookQuery(id));
  if (error && !webhook) return <Fault error={error} retry={() => void refetch()} />;
  if (!webhook) return <Loading />;
  return (
    <div className={rows.page}>
      <div className={css.top}>
        <ButtonLink href="/webhooks" look="quiet" small icon={<ArrowLeft size={16} aria-hidden="true" />}>
          {t('app.webhooks')}
        </ButtonLink>
      </div>
      <Head webhook={webhook} />
      <Deliveries id={id} />
    </div>
  );
}

function Head({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, go] = useLocation();
  const fail = useToastFault();
  const [asked, ask] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const [secret, show] = useState<string | null>(null);
  const path = { id: webhook.id };
  const off = webhook.disabled_at !== null;
  const refresh = () => {
    ask(null);
    void client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    void client.invalidateQueries({ queryKey: webhookQuery(webhook.id).queryKey });
    void client.invalidateQueries({ queryKey: deliveriesKey(webhook.id) });
  };
  const test = useMutation({
    mutationFn: () => api.post('/api/webhooks/{id}/test', { path }),
    onSuccess: () => {
      refresh();
      toast(t('webhooks.testSent'));
    },
    onError: fail,
  });
  const toggle = useMutation({ mutationFn: () => api.patch('/api/webhooks/{id}', { path, body: { disabled: !off } }), onSuccess: refresh, onError: fail });
  const rotate = useMutation({
    mutationFn: () => api.post('/api/webhooks/{id}/rotate-secret', { path }),
    onSuccess: (changed) => {
      refresh();
      show(changed.secret);
    },
  });
  const remove = useMutation({
    mutationFn: () => api.delete('/api/webhooks/{id}', { path }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
      go('/webhooks');
    },
  });
  return (
    <header className={css.head}>
      <div className={rows.name}>
        <h1>{webhook.description ?? t('webhooks.title')}</h1>
        {off ? <Badge tone="warn">{t('webhooks.disabled')}</Badge> : null}
      </div>
      <p>
        <code>{webhook.url}</code>
      </p>
      <div className={rows.name}>
        {webhook.events.map((event) => (
          <Badge key={event}>{event}</Badge>
        ))}
      </div>
      <div className={rows.actions}>
        <Button look="main" busy={test.isPending} onClick={() => test.mutate()}>
          {t('webhooks.test')}
        </Button>
        <Button onClick={() => ask('edit')}>{t('webhooks.edit')}</Button>
        <Button onClick={() => ask('rotate')}>{t('webhooks.rotate')}</Button>
        <Button busy={toggle.isPending} onClick={() => toggle.mutate()}>
          {t(off ? 'users.enable' : 'users.disable')}
        </Button>
        <Button look="danger" onClick={() => ask('delete')}>
          {t('video.delete')}
        </Button>
      </div>
      {asked === 'edit' ? <WebhookDialog webhook={webhook} onClose={() => ask(null)} onSaved={refresh} /> : null}
      {asked === 'rotate' ? (
        <ConfirmDialog title={t('webhooks.rotate')} action={t('webhooks.rotate')} error={rotate.error} busy={rotate.isPending} onConfirm={() => rotate.mutate()} onClose={() => ask(null)}>
          {t('webhooks.rotateAbout')}
        </ConfirmDialog>
      ) : null}
      {asked === 'delete' ? (
        <ConfirmDialog title={t('webhooks.deleteTitle')} action={t('video.delete')} danger error={remove.error} busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={() => ask(null)}>
          {t('webhooks.deleteAbout')}
        </ConfirmDialog>
      ) : null}
      {secret ? (
        <SecretDialog title={t('webhooks.made')} secret={secret} onClose={() => show(null)}>
          {t('webhooks.once')}
        </SecretDialog>
      ) : null}
    </header>
  );
}
