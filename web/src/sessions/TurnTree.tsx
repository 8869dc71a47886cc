import { useTranslation } from 'react-i18next';
import { Spinner } from '../ui/Spinner';
import type { Turn } from './session';
import { type Twig, twigsOf } from './tree';
import css from './Tree.module.css';

interface TurnTreeProps {
  turns: readonly Turn[];
  line: readonly Turn[];
  onChoose: (turn: Turn) => void;
}

/** All turns; where several go on from one picture, each begins a branch. */
export function TurnTree({ turns, line, onChoose }: TurnTreeProps) {
  const { t } = useTranslation();
  return (
    <nav className={css.tree} aria-label={t('sessions.branches')}>
      <h2>{t('sessions.branches')}</h2>
      <Level twigs={twigsOf(turns)} line={line} onChoose={onChoose} />
    </nav>
  );
}

function Level({ twigs, line, onChoose }: { twigs: readonly Twig[]; line: readonly Turn[]; onChoose: (turn: Turn) => void }) {
  if (twigs.length === 1 && twigs[0]) return <ul>{<Chain twig={twigs[0]} line={line} onChoose={onChoose} />}</ul>;
  return (
    <ul className={css.split}>
      {twigs.map((twig) => (
        <li key={twig.turn.id}>
          <ul>
            <Chain twig={twig} line={line} onChoose={onChoose} />
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** A turn and, at the same depth, what follows it; only branches go deeper. */
function Chain({ twig, line, onChoose }: { twig: Twig; line: readonly Turn[]; onChoose: (turn: Turn) => void }) {
  const [only, ...others] = twig.children;
  return (
    <>
      <li>
        <Node turn={twig.turn} on={line.includes(twig.turn)} isTip={line.at(-1) === twig.turn} onChoose={onChoose} />
        {others.length > 0 ? <Level twigs={twig.children} line={line} onChoose={onChoose} /> : null}
      </li>
      {only && others.length === 0 ? <Chain twig={only} line={line} onChoose={onChoose} /> : null}
    </>
  );
}

function Node({ turn, on, isTip, onChoose }: { turn: Turn; on: boolean; isTip: boolean; onChoose: (turn: Turn) => void }) {
  const picture = turn.images[0];
  return (
    <button type="button" className={`${css.node} ${on ? css.on : ''}`} aria-current={isTip ? 'true' : undefined} disabled={!picture} onClick={() => onChoose(turn)}>
      <span className={css.still}>{picture ? <img src={picture.url} alt="" loading="lazy" /> : turn.status === 'failed' ? null : <Spinner />}</span>
      <span className={css.words}>{turn.prompt}</span>
    </button>
  );
}
