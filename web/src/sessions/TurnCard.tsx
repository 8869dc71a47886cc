import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format';
import { Button, IconButton } from '../ui/Button';
import { Spinner } from '../ui/Spinner';
import { PictureCard } from './PictureCard';
import { type Turn, turnQuery } from './session';
import css from './Session.module.css';

interface TurnCardProps {
  turn: Turn;
  siblings: Turn[];
  before: Turn | undefined;
  /** The picture that the next turn goes on from. */
  from: string | undefined;
  canGoOn: boolean;
  onGoOn: (picture: string) => void;
  onCompare: (picture: string) => void;
  onBranch: (turn: Turn) => void;
  onForget: () => void;
}

/** What was asked for, and what came of it. */
export function TurnCard({ turn, siblings, before, from, canGoOn, onGoOn, onCompare, onBranch, onForget }: TurnCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = siblings.indexOf(turn);
  const beside = (step: number) => siblings[(at + step + siblings.length) % siblings.length] ?? turn;
  return (
    <li className={css.turn} data-turn={turn.id}>
      <div className={css.said}>
        <p>{turn.prompt}</p>
      </div>
      {siblings.length > 1 ? (
        <div className={css.branches}>
          <IconButton label={t('sessions.branchBefore')} icon={<ChevronLeft size={16} />} onClick={() => onBranch(beside(-1))} />
          <span>{t('sessions.branchOf', { at: at + 1, count: siblings.length })}</span>
          <IconButton label={t('sessions.branchAfter')} icon={<ChevronRight size={16} />} onClick={() => onBranch(beside(1))} />
        </div>
      ) : null}
      {turn.status === 'completed' ? (
        <div className={css.answer}>
          <div className={turn.images.length > 1 ? css.many : css.single}>
            {turn.images.map((picture) => (
              <PictureCard key={picture.id} turn={turn} picture={picture} isFrom={picture.id === from} canGoOn={canGoOn} canCompare={before !== undefined || siblings.length > 1 || turn.images.length > 1} onGoOn={onGoOn} onCompare={onCompare} onDeleted={onForget} />
            ))}
          </div>
          {turn.remarks ? <p>{turn.remarks}</p> : null}
          <p className={css.facts}>
            <span>{format.time(turn.created_at)}</span>
            <span>{turn.model}</span>
            {turn.cost === null ? null : <span>{format.money(turn.cost)}</span>}
          </p>
          {turn.kinora.warnings.map((warning) => (
            <p key={warning} className={css.warning}>
              {warning}
            </p>
          ))}
        </div>
      ) : turn.status === 'failed' ? (
        <div className={css.failed} role="alert">
          <p>{turn.error_message ?? turn.kinora.reason}</p>
          {turn.kinora.error?.suggestion ? <p>{turn.kinora.error.suggestion}</p> : null}
          <Button small onClick={onForget}>
            {t('sessions.dismiss')}
          </Button>
        </div>
      ) : (
        <Waiting turn={turn} />
      )}
    </li>
  );
}

/** Listens to its own job: an update paints this and nothing else. */
function Waiting({ turn }: { turn: Turn }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery({ ...turnQuery(turn.id), initialData: turn });
  const stage = data.kinora.stage;
  const known = stage === 'queued' || stage === 'submitting' || stage === 'collecting' ? stage : 'running';
  return (
    <div className={css.waiting} role="status">
      <Spinner />
      <span>{t(`library.stage_${known}`)}</span>
      {data.progress > 0 ? <span>{format.percent(data.progress)}</span> : null}
    </div>
  );
}
