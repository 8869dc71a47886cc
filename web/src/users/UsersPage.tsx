import { queryOptions, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useMe } from '../api/queries';
import type { User } from '../api/types';
import { useFormat } from '../i18n/format';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Loading, PageHead } from '../ui/states';
import css from '../ui/Rows.module.css';
import { DisableDialog } from './DisableDialog';
import { PasswordDialog } from './PasswordDialog';
import { UserDialog } from './UserDialog';

export const usersQuery = queryOptions({ queryKey: ['users'] as const, queryFn: async ({ signal }) => (await api.get('/api/admin/users', { signal })).users as User[] });

type Asked = { what: 'new' } | { what: 'edit' | 'password' | 'disable'; user: User };

export default function UsersPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { data, error, refetch } = useQuery(usersQuery);
  const [asked, ask] = useState<Asked | null>(null);
  const close = () => ask(null);
  return (
    <div className={css.page}>
      <PageHead title={t('app.users')} about={t('users.about')}>
        <Button look="main" icon={<Plus size={18} aria-hidden="true" />} onClick={() => ask({ what: 'new' })}>
          {t('users.new')}
        </Button>
      </PageHead>
      {error && !data ? <Fault error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      <ul className={css.rows}>
        {data?.map((user) => (
          <UserRow key={user.id} user={user} isMe={user.id === me?.user.id} onAsk={(what) => ask({ what, user })} />
        ))}
      </ul>
      {asked?.what === 'new' ? <UserDialog onClose={close} /> : null}
      {asked?.what === 'edit' ? <UserDialog user={asked.user} onClose={close} /> : null}
      {asked?.what === 'password' ? <PasswordDialog user={asked.user} onClose={close} /> : null}
      {asked?.what === 'disable' ? <DisableDialog user={asked.user} onClose={close} /> : null}
    </div>
  );
}

function UserRow({ user, isMe, onAsk }: { user: User; isMe: boolean; onAsk: (what: 'edit' | 'password' | 'disable') => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const button = (what: 'edit' | 'password' | 'disable', text: string, danger = false) => (
    <Button small look={danger ? 'danger' : 'plain'} onClick={() => onAsk(what)} aria-label={`${text}: ${user.username}`}>
      {text}
    </Button>
  );
  return (
    <li className={`${css.row} ${user.disabled ? css.off : ''}`} data-user={user.username}>
      <div className={css.main}>
        <div className={css.name}>
          <h2>{user.username}</h2>
          {isMe ? <Badge tone="accent">{t('users.you')}</Badge> : null}
          <Badge tone={user.role === 'admin' ? 'warn' : 'plain'}>{t(`users.role_${user.role}`)}</Badge>
          {user.disabled ? <Badge tone="bad">{t('users.disabled')}</Badge> : null}
          {user.password_change_required ? <Badge tone="plain">{t('users.mustChoose')}</Badge> : null}
        </div>
        <p className={css.facts}>
          <span>{typeof user.daily_budget_usd === 'number' ? t('keys.perDay', { usd: format.money(user.daily_budget_usd) }) : t('users.noDaily')}</span>
          <span>{typeof user.monthly_budget_usd === 'number' ? t('keys.perMonth', { usd: format.money(user.monthly_budget_usd) }) : t('users.noMonthly')}</span>
          {user.created_at ? <span>{t('users.since', { day: format.day(user.created_at) })}</span> : null}
        </p>
      </div>
      <div className={css.actions}>
        {button('edit', t('users.edit'))}
        {isMe ? null : button('password', t('users.password'))}
        {isMe ? null : button('disable', t(user.disabled ? 'users.enable' : 'users.disable'), !user.disabled)}
      </div>
    </li>
  );
}
