import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useFormat } from '../i18n/format';
import { Fault } from '../ui/Fault';
import { Loading } from '../ui/states';
import table from '../ui/Table.module.css';
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
        <div className={table.scroll} tabIndex={0} role="group" aria-label={t('spend.byUser')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('spend.user')}</th>
                <th scope="col" className={table.number}>
                  {t('spend.made')}
                </th>
                <th scope="col" className={table.number}>
                  {t('spend.reserved')}
                </th>
                <th scope="col" className={table.number}>
                  {t('spend.cost')}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((user) => (
                <tr key={user.user_id}>
                  <th scope="row">{user.username ?? user.user_id}</th>
                  <td className={table.number}>{format.number(user.completed)}</td>
                  <td className={table.number}>{format.money(user.reserved)}</td>
                  <td className={table.number}>{format.money(user.total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}
