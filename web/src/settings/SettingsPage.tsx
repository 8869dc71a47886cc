import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { Preferences } from '../app/Preferences';
import { useFormat } from '../i18n/format';
import { PageHead } from '../ui/states';
import { PasswordPart } from './PasswordPart';
import { ServerPart } from './ServerPart';
import { SignOutPart } from './SignOutPart';
import css from './Settings.module.css';

export default function SettingsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  if (!me) return null;
  const { user } = me;
  return (
    <div className={css.page}>
      <PageHead title={t('app.settings')} />
      <div className={css.parts}>
        <section className={css.part} aria-labelledby="account">
          <h2 id="account">{t('settings.account')}</h2>
          <dl className={css.list}>
            <div>
              <dt>{t('signin.username')}</dt>
              <dd>{user.username}</dd>
            </div>
            <div>
              <dt>{t('users.role')}</dt>
              <dd>{t(`users.role_${user.role}`)}</dd>
            </div>
            {me.expires_at ? (
              <div>
                <dt>{t('settings.signedInUntil')}</dt>
                <dd>{format.time(me.expires_at)}</dd>
              </div>
            ) : null}
          </dl>
        </section>
        <section className={css.part} aria-labelledby="look">
          <h2 id="look">{t('settings.look')}</h2>
          <p className={css.note}>{t('settings.lookAbout')}</p>
          <Preferences />
        </section>
        <PasswordPart username={user.username} />
        <SignOutPart />
        <ServerPart />
      </div>
    </div>
  );
}
