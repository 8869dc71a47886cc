import { useTranslation } from 'react-i18next';
import css from './Grid.module.css';

export function GridGhost() {
  const { t } = useTranslation();
  return (
    <div className={css.ghosts} role="status" aria-label={t('app.loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className={css.ghost} />
      ))}
    </div>
  );
}
