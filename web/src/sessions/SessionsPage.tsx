import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Images, MessagesSquare, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../i18n/format';
import { Button } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Empty, Loading, PageHead } from '../ui/states';
import { NewSessionDialog } from './NewSessionDialog';
import { type SessionRow, endedQuery, nameOf, sessionsQuery } from './session';
import css from './Sessions.module.css';

export default function SessionsPage() {
  const { t } = useTranslation();
  const [making, make] = useState(false);
  const sessions = useQuery(sessionsQuery);
  const ended = useInfiniteQuery(endedQuery);
  const start = (
    <Button look="main" icon={<Plus size={18} aria-hidden="true" />} onClick={() => make(true)}>
      {t('sessions.new')}
    </Button>
  );
  const old = ended.data?.pages.flatMap((page) => page.sessions) ?? [];
  const nothing = sessions.data?.length === 0 && ended.data && old.length === 0;

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
      {sessions.data && sessions.data.length > 0 ? <Cards sessions={sessions.data} label={t('sessions.list')} /> : null}
      {ended.error && !ended.data ? <Fault error={ended.error} retry={() => void ended.refetch()} /> : null}
      {old.length > 0 ? (
        <section className={css.ended} aria-labelledby="ended">
          <h2 id="ended">{t('sessions.ended')}</h2>
          <p>{t('sessions.endedAbout')}</p>
          <Cards sessions={old} label={t('sessions.ended')} />
          {ended.hasNextPage ? (
            <Button busy={ended.isFetchingNextPage} onClick={() => void ended.fetchNextPage()}>
              {t('sessions.older')}
            </Button>
          ) : null}
        </section>
      ) : null}
      {making ? <NewSessionDialog onClose={() => make(false)} /> : null}
    </>
  );
}

function Cards({ sessions, label }: { sessions: SessionRow[]; label: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className={css.grid} aria-label={label}>
      {sessions.map((session) => (
        <li key={session.session_id}>
          <Link href={`/sessions/${session.session_id}`} className={css.card}>
            <span className={css.picture}>
              {session.newest_image_url ? <img src={session.newest_image_url} alt="" loading="lazy" /> : <Images size={28} aria-hidden="true" />}
            </span>
            <span className={css.words}>
              <strong>{nameOf(session)}</strong>
              {session.session_name ? <span className={css.about}>{session.description}</span> : null}
              <small>{[t('sessions.turns', { count: session.total_generations }), session.model.slice(session.model.indexOf('/') + 1), format.time(session.last_activity)].join(' · ')}</small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
