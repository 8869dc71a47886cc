import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button';
import { useDelete } from './useDelete';
import type { Selection } from './useSelection';
import css from './SelectionBar.module.css';

export function SelectionBar({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const remove = useDelete();
  if (selection.ids.size === 0) return null;
  return (
    <div className={css.bar} role="region" aria-label={t('library.selected', { count: selection.ids.size })}>
      <strong>{t('library.selected', { count: selection.ids.size })}</strong>
      <Button small look="quiet" onClick={selection.clear}>
        {t('library.selectNone')}
      </Button>
      <Button
        small
        look="danger"
        icon={<Trash2 size={16} aria-hidden="true" />}
        onClick={() => {
          remove([...selection.ids]);
          selection.clear();
        }}
      >
        {t('library.delete')}
      </Button>
    </div>
  );
}
