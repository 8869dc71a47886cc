import { CircleAlert, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ApiError, Unreachable } from '../api/errors';
import { Button } from './Button';
import css from './states.module.css';

/** A fault, in the server's own words: what happened, what to do, and under which id its log tells more. */
export function Fault({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const said = wordsOf(error);
  return (
    <div className={css.fault} role="alert">
      {error instanceof Unreachable ? <WifiOff size={20} aria-hidden="true" /> : <CircleAlert size={20} aria-hidden="true" />}
      <div className={css.words}>
        <p className={css.what}>{said ? said.text : t(error instanceof Unreachable ? 'app.unreachable' : 'app.broken')}</p>
        {said?.faults.map((text) => <p key={text}>{text}</p>)}
        {said?.suggestion ? <p>{said.suggestion}</p> : null}
        {said?.requestId ? <p className={css.small}>{t('app.requestId', { id: said.requestId })}</p> : null}
        {retry ? (
          <div>
            <Button small onClick={retry}>
              {t('app.tryAgain')}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** Null when the server said nothing. */
export function wordsOf(error: unknown): { text: string; suggestion: string | null; requestId: string | null; faults: string[] } | null {
  if (!(error instanceof ApiError)) return null;
  const faults = error.faults.map((f) => f.message).filter((text) => !error.message.includes(text));
  return { text: error.message, suggestion: error.suggestion, requestId: error.requestId, faults };
}
