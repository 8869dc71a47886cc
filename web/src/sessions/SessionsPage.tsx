import { useQuery } from '@tanstack/react-query';
import { Images, MessagesSquare, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../i18n/format';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Empty, Loading, PageHead } from '../ui/states';
import { NewSessionDialog } from './NewSessionDialog';
import { type Turn, nameOf, newestQuery, sessionsQuery } from './session';
import css from './Sessions.module.css';

export default function SessionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const [making, make] = useState(false);
  const sessions = useQuery(sessionsQuery);
  const newest = useQuery(newestQuery);
  const start = (
    <Button look="main" icon={<Plus size={18} aria-hidden="true" />} onClick={() => make(true)}>
      {t('sessions.new')}
    </Button>
  );
  const active = new Set(sessions.data?.map((session) => session.session_id));
  const ended = new Map<string, Turn>();
  if (sessions.data) for (const turn of newest.data ?? []) if (turn.session_id && !active.has(turn.session_id) && !ended.has(turn.session_id)) ended.set(turn.session_id, turn);
  const nothing = sessions.data?.length === 0 && ended.size === 0;

  return (
    <>
      <PageHead title={t('app.sessions')} about={t('sessions.about')}>
        {nothing ? null : start}
      </PageHead>
      {sessions.error && !sessions.data ? <Fault error={sessions.error} retry={() => void sessions.refetch()} /> : null}
      {sessions.isPending ? <Loading /> : null}
      {nothing ? (
        <Empty icon={<MessagesSquare size={28} aria-hidden="true" />} title={t('sessions.emptyTitle')} action={start}>
          {t('sessions.emptyAbout')}
        </Empty>
      ) : null}
      {sessions.data && sessions.data.length > 0 ? (
        <ul className={css.grid} aria-label={t('sessions.list')}>
          {sessions.data.map((session) => (
            <li key={session.session_id}>
              <SessionCard
                id={session.session_id}
                name={nameOf(session)}
                about={session.session_name ? session.description : undefined}
                facts={[t('sessions.turns', { count: session.total_generations }), session.model.slice(session.model.indexOf('/') + 1), format.time(session.last_activity)]}
                picture={newest.data?.find((turn) => turn.session_id === session.session_id)?.images[0]?.url}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {ended.size > 0 ? (
        <section className={css.ended} aria-labelledby="ended">
          <h2 id="ended">{t('sessions.ended')}</h2>
          <p>{t('sessions.endedAbout')}</p>
          <ul className={css.grid}>
            {[...ended].map(([id, turn]) => (
              <li key={id}>
                <SessionCard id={id} name={turn.prompt} facts={[format.time(turn.created_at)]} picture={turn.images[0]?.url} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {making ? <NewSessionDialog onClose={() => make(false)} /> : null}
    </>
  );
}

function SessionCard({ id, name, about, facts, picture }: { id: string; name: string; about?: string; facts: string[]; picture?: string }) {
  return (
    <Link href={`/sessions/${id}`} className={css.card}>
      <span className={css.picture}>{picture ? <img src={picture} alt="" loading="lazy" /> : <Images size={28} aria-hidden="true" />}</span>
      <span className={css.words}>
        <strong>{name}</strong>
        {about ? <span className={css.about}>{about}</span> : null}
        <small>{facts.join(' · ')}</small>
      </span>
    </Link>
  );
}
