import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook as Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useFormat } from '../i18n/format';
import { Badge } from '../ui/Badge';
import { Button, ButtonLink } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { SecretDialog } from '../ui/SecretDialog';
import { Empty, Loading, PageHead } from '../ui/states';
import css from '../ui/Rows.module.css';
import { WebhookDialog } from './WebhookDialog';
import { webhooksQuery } from './webhooks';

export default function WebhooksPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const [, go] = useLocation();
  const { data, error, refetch } = useQuery(webhooksQuery);
  const [making, make] = useState(false);
  const [made, show] = useState<{ id: string; secret: string } | null>(null);
  const start = (
    <Button look="main" icon={<Plus size={18} aria-hidden="true" />} onClick={() => make(true)}>
      {t('webhooks.new')}
    </Button>
  );
  return (
    <div className={css.page}>
      <PageHead title={t('app.webhooks')} about={t('webhooks.about')}>
        {data && data.length > 0 ? start : null}
      </PageHead>
      {error && !data ? <Fault error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data?.length === 0 ? (
        <Empty icon={<Icon size={28} aria-hidden="true" />} title={t('webhooks.emptyTitle')} action={start}>
          {t('webhooks.emptyAbout')}
        </Empty>
      ) : null}
      <ul className={css.rows}>
        {data?.map((webhook) => (
          <li key={webhook.id} className={`${css.row} ${webhook.disabled_at === null ? '' : css.off}`}>
            <div className={css.main}>
              <div className={css.name}>
                <h2>
                  <Link href={`/webhooks/${webhook.id}`}>{webhook.description ?? webhook.url}</Link>
                </h2>
                {webhook.disabled_at === null ? null : <Badge tone="warn">{t('webhooks.disabled')}</Badge>}
              </div>
              <p className={css.facts}>
                {webhook.description ? <span>{webhook.url}</span> : null}
                <span>{t('keys.createdAt', { day: format.day(webhook.created_at) })}</span>
              </p>
              <div className={css.name}>
                {webhook.events.map((event) => (
                  <Badge key={event}>{event}</Badge>
                ))}
              </div>
            </div>
            <ButtonLink small href={`/webhooks/${webhook.id}`}>
              {t('webhooks.deliveries')}
            </ButtonLink>
          </li>
        ))}
      </ul>
      {making ? (
        <WebhookDialog
          onClose={() => make(false)}
          onSaved={(webhook) => {
            make(false);
            if ('secret' in webhook) show({ id: webhook.id, secret: webhook.secret });
          }}
        />
      ) : null}
      {made ? (
        <SecretDialog title={t('webhooks.made')} secret={made.secret} onClose={() => go(`/webhooks/${made.id}`)}>
          {t('webhooks.once')}
        </SecretDialog>
      ) : null}
    </div>
  );
}
