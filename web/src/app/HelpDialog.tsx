import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog';
import css from './HelpDialog.module.css';

const rows = [
  [['/'], 'app.keySearch'],
  [['n'], 'app.keyNew'],
  [['←', '↑', '↓', '→'], 'app.keyArrows'],
  [['Enter'], 'app.keyOpen'],
  [['x'], 'app.keySelect'],
  [['Delete'], 'app.keyDelete'],
  [['Space'], 'app.keyPlay'],
  [['Esc'], 'app.keyClose'],
  [['?'], 'app.keyHelp'],
] as const;

export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('app.help')} open={open} onClose={onClose}>
      <p>{t('app.helpAbout')}</p>
      <dl className={css.keys}>
        {rows.map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
