import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { ApiError } from '../api/errors';
import { ButtonLink } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Empty, Loading } from '../ui/states';
import { CompareDialog } from './CompareDialog';
import { Composer } from './Composer';
import { SessionHead } from './SessionHead';
import { TurnCard } from './TurnCard';
import { TurnTree } from './TurnTree';
import { nameOf, sessionQuery } from './session';
import { lineTo, pictureAt, siblingsOf, sourceOf, tipOf, turnWith } from './tree';
import { useTurns } from './useTurns';
import css from './Session.module.css';

export default function SessionPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams<{ id: string }>();
  const { data: session, error, refetch } = useQuery(sessionQuery(id));
  const { turns, forget } = useTurns(session);
  // The picture that the next turn goes on from, once somebody has chosen one; else the newest.
  const [chosen, choose] = useState<string | null>(null);
  const [comparing, compare] = useState<string | null>(null);

  const name = session && nameOf(session);
  useEffect(() => {
    if (name) document.title = `${name.slice(0, 60)} · Kinora`;
  }, [name]);

  const newest = turns.at(-1);
  const tip = turnWith(turns, chosen) ?? newest;
  const shown = newest && `${newest.id} ${newest.status}`;
  useEffect(() => {
    if (shown) window.scrollTo(0, document.documentElement.scrollHeight);
  }, [shown]);

  if (error && !session) {
    return error instanceof ApiError && error.status === 404 ? (
      <Empty
        alone
        title={t('sessions.missing')}
        action={
          <ButtonLink href="/sessions" look="main">
            {t('app.sessions')}
          </ButtonLink>
        }
      >
        {error.message}
      </Empty>
    ) : (
      <Fault error={error} retry={() => void refetch()} />
    );
  }

  if (!session) return <Loading />;
  const line = lineTo(turns, tip);
  const from = pictureAt(line, chosen);
  const open = session.status === 'active';
  return (
    <div className={css.page}>
      <div className={css.top}>
        <ButtonLink href="/sessions" look="quiet" small icon={<ArrowLeft size={16} aria-hidden="true" />}>
          {t('app.sessions')}
        </ButtonLink>
      </div>
      <SessionHead session={session} />
      <div className={css.columns}>
        <div className={css.talk}>
          {line.length === 0 ? <p className={css.begin}>{t('sessions.firstTurn')}</p> : null}
          <ol className={css.turns} aria-label={t('sessions.conversation')}>
            {line.map((turn) => (
              <TurnCard
                key={turn.id}
                turn={turn}
                siblings={siblingsOf(turns, turn)}
                before={sourceOf(turns, turn)}
                from={open ? from?.id : undefined}
                canGoOn={open}
                onGoOn={choose}
                onCompare={compare}
                onBranch={(other) => choose(tipOf(turns, other).images[0]?.id ?? null)}
                onForget={() => forget(turn.id)}
              />
            ))}
          </ol>
          {open ? <Composer session={session} from={from} branches={from !== undefined && turns.some((turn) => turn.status !== 'failed' && turn.from_image_id === from.id)} waiting={tip !== undefined && tip.status !== 'completed' && tip.status !== 'failed'} onSent={() => choose(null)} /> : null}
        </div>
        {turns.length > 1 ? <TurnTree turns={turns} line={line} onChoose={(turn) => choose(turn.images[0]?.id ?? null)} /> : null}
      </div>
      {comparing ? <CompareDialog turns={turns} picture={comparing} onClose={() => compare(null)} /> : null}
    </div>
  );
}
