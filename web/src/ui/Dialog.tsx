import { X } from 'lucide-react';
import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
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

const stay = (event: SyntheticEvent) => event.stopPropagation();

/**
 * The browser's own modal dialog: it keeps the focus inside, gives it back, and closes by Esc. It stands outside of the form that it may belong to, and its keys stay
 * in it: Enter in a dialog must not send what lies under it.
 */
export function Dialog({ title, open, onClose, children, actions, wide }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const pressedOutside = useRef(false);

  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);

  return createPortal(
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={`${css.dialog} ${wide ? css.wide : ''}`}
      onClose={onClose}
      onKeyDown={stay}
      onSubmit={stay}
      // A text that is marked beyond the edge ends there too, and is no click.
      onPointerDown={(event) => {
        pressedOutside.current = event.target === dialog.current;
      }}
      onClick={(event) => pressedOutside.current && event.target === dialog.current && onClose()}
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
    </dialog>,
    document.body,
  );
}
