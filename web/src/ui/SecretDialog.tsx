import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Dialog } from './Dialog';
import css from './SecretDialog.module.css';
import { toast } from './toasts';

/** A secret that is shown this once. */
export function SecretDialog({ title, secret, children, onClose }: { title: string; secret: string; children: string; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      toast(t('app.copied'));
    } catch {
      // Not allowed here, as on pages without https: then it is marked, to be copied by hand.
      const text = document.getElementById('secret');
      if (text) getSelection()?.selectAllChildren(text);
    }
  };
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      actions={
        <>
          <Button icon={<Copy size={16} aria-hidden="true" />} onClick={() => void copy()}>
            {t('app.copy')}
          </Button>
          <Button look="main" onClick={onClose}>
            {t('app.done')}
          </Button>
        </>
      }
    >
      <p>{children}</p>
      <code id="secret" className={css.secret} data-secret>
        {secret}
      </code>
    </Dialog>
  );
}
