import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { Logo } from '../app/Logo';
import { Preferences } from '../app/Preferences';
import { useTitle } from '../ui/useTitle';
import { ChoosePassword } from './ChoosePassword';
import { SignInForm } from './SignInForm';
import css from './SignIn.module.css';

/** The way in: name and password; after a one-time secret, a password of one's own first. */
export default function SignIn({ user, ended }: { user?: User; ended?: boolean }) {
  const { t } = useTranslation();
  useTitle(t('signin.title'));
  return (
    <main className={css.page}>
      <div className={css.card}>
        <header className={css.brand}>
          <Logo size={48} />
          <p className={css.name}>Kinora</p>
          <p className={css.tagline}>{t('signin.tagline')}</p>
        </header>
        {user ? <ChoosePassword username={user.username} /> : <SignInForm ended={ended === true} />}
      </div>
      <details className={css.preferences}>
        <summary>
          {t('app.theme')} · {t('app.language')}
        </summary>
        <Preferences />
      </details>
    </main>
  );
}
