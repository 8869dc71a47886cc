import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useFormat } from '../i18n/format';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Fault } from '../ui/Fault';
import { SecretDialog } from '../ui/SecretDialog';
import { Empty, Loading, PageHead } from '../ui/states';
import css from '../ui/Rows.module.css';
import { NewKeyDialog } from './NewKeyDialog';
import { type Key, keysQuery, scopes } from './keys';

export default function KeysPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(keysQuery);
  const [making, make] = useState(false);
  const [secret, show] = useState<string | null>(null);
  const [ending, end] = useState<Key | null>(null);
  const revoke = useMutation({
    mutationFn: (id: string) => api.delete('/api/keys/{id}', { path: { id } }),
    onSuccess: () => {
      end(null);
      void client.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  const start = (
    <Button look="main" icon={<Plus size={18} aria-hidden="true" />} onClick={() => make(true)}>
      {t('keys.new')}
    </Button>
  );
  const good = data?.filter((key) => key.revoked_at === null) ?? [];
  const ended = data?.filter((key) => key.revoked_at !== null) ?? [];
  return (
    <div className={css.page}>
      <PageHead title={t('app.keys')} about={t('keys.about')}>
        {good.length > 0 ? start : null}
      </PageHead>
      {error && !data ? <Fault error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data && good.length === 0 ? (
        <Empty icon={<KeyRound size={28} aria-hidden="true" />} title={t('keys.emptyTitle')} action={start}>
          {t('keys.emptyAbout')}
        </Empty>
      ) : null}
      <ul className={css.rows}>
        {good.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => end(key)} />
        ))}
      </ul>
      {ended.length > 0 ? (
        <details className={css.more}>
          <summary>{t('keys.ended', { count: ended.length })}</summary>
          <ul className={css.rows}>
            {ended.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </ul>
        </details>
      ) : null}
      {making ? (
        <NewKeyDialog
          onClose={() => make(false)}
          onMade={(made) => {
            make(false);
            show(made);
          }}
        />
      ) : null}
      {secret ? (
        <SecretDialog title={t('keys.made')} secret={secret} onClose={() => show(null)}>
          {t('keys.once')}
        </SecretDialog>
      ) : null}
      {ending ? (
        <ConfirmDialog title={t('keys.revokeTitle', { name: ending.name })} action={t('keys.revoke')} danger error={revoke.error} busy={revoke.isPending} onConfirm={() => revoke.mutate(ending.id)} onClose={() => end(null)}>
          {t('keys.revokeAbout')}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: Key; onRevoke?: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = scopes.filter((scope) => apiKey.scopes.includes(scope));
  return (
    <li className={`${css.row} ${onRevoke ? '' : css.off}`}>
      <div className={css.main}>
        <div className={css.name}>
          <h2>{apiKey.name}</h2>
          {known.map((scope) => (
            <Badge key={scope} tone={scope === 'admin' ? 'warn' : 'plain'}>
              {t(`keys.scope_${scope}`)}
            </Badge>
          ))}
        </div>
        <p className={css.facts}>
          {apiKey.daily_budget_usd !== null ? <span>{t('keys.perDay', { usd: format.money(apiKey.daily_budget_usd) })}</span> : null}
          {apiKey.monthly_budget_usd !== null ? <span>{t('keys.perMonth', { usd: format.money(apiKey.monthly_budget_usd) })}</span> : null}
          {apiKey.creates_per_minute !== null ? <span>{t('keys.perMinute', { count: apiKey.creates_per_minute })}</span> : null}
          <span>{t('keys.createdAt', { day: format.day(apiKey.created_at) })}</span>
          {apiKey.revoked_at !== null ? <span>{t('keys.revokedAt', { day: format.day(apiKey.revoked_at) })}</span> : <span>{apiKey.last_used_at === null ? t('keys.neverUsed') : t('keys.usedAt', { time: format.time(apiKey.last_used_at) })}</span>}
        </p>
      </div>
      {onRevoke ? (
        <Button small look="danger" onClick={onRevoke} aria-label={`${t('keys.revoke')}: ${apiKey.name}`}>
          {t('keys.revoke')}
        </Button>
      ) : null}
    </li>
  );
}
