import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useFormat } from '../i18n/format';
import { Fault } from '../ui/Fault';
import { FigureTable } from '../ui/FigureTable';
import { Loading } from '../ui/states';
import css from './Spend.module.css';

/** For admins: everybody's spend since the server's first day. */
export function UserTable() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery({ queryKey: ['spend', 'users'], queryFn: async ({ signal }) => (await api.get('/api/admin/costs', { signal })).users });
  return (
    <section className={`${css.card} ${css.users}`} aria-labelledby="by-user">
      <h2 id="by-user">{t('spend.byUser')}</h2>
      {error && !data ? <Fault error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <FigureTable
          label={t('spend.byUser')}
          head={[t('spend.user'), t('spend.made'), t('spend.reserved'), t('spend.cost')]}
          rows={data.map((user) => ({
            key: user.user_id,
            name: user.username ?? user.user_id,
            figures: [format.number(user.completed), format.money(user.reserved), format.money(user.total)],
          }))}
        />
      ) : null}
    </section>
  );
}
