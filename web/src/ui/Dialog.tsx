import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import css from './Dialog.module.css';

interface DialogProps {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Under the content: what can be done. */
  actions?: ReactNode;
  wide?: boolean;
}

/** The browser's own modal dialog: it keeps the focus inside, gives it back, and closes by Esc. */
export function Dialog({ title, open, onClose, children, actions, wide }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={`${css.dialog} ${wide ? css.wide : ''}`}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {open ? (
        <div className={css.frame}>
          <header className={css.head}>
            <h2 id={id}>{title}</h2>
            <IconButton label={t('app.close')} icon={<X size={18} />} onClick={onClose} />
          </header>
          <div className={css.body}>{children}</div>
          {actions ? <footer className={css.actions}>{actions}</footer> : null}
        </div>
      ) : null}
    </dialog>
  );
}
