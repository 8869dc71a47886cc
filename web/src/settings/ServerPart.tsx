import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, Unreachable } from '../api/errors';
import { modelsQuery } from '../api/queries';
import { Badge } from '../ui/Badge';
import { Fault } from '../ui/Fault';
import { Loading } from '../ui/states';
import css from './Settings.module.css';

interface Ready {
  status: string;
  failing?: string[];
}

/** What the server tells about itself: whether it can work, and with whom. */
export function ServerPart() {
  const { t } = useTranslation();
  const ready = useQuery({ queryKey: ['ready'], queryFn: ({ signal }) => look(signal), staleTime: 0 });
  const models = useQuery(modelsQuery);
  const counts = new Map<string, number>();
  for (const model of models.data?.data ?? []) {
    const provider = model.provider ?? model.id.slice(0, model.id.indexOf('/'));
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  return (
    <section className={css.part} aria-labelledby="server">
      <h2 id="server">{t('settings.server')}</h2>
      {ready.error && !ready.data ? <Fault error={ready.error} retry={() => void ready.refetch()} /> : null}
      {ready.isPending ? <Loading /> : null}
      {ready.data ? (
        <dl className={css.list}>
          <div>
            <dt>{t('settings.state')}</dt>
            <dd>
              {ready.data.failing?.length ? <Badge tone="bad">{t('settings.failing', { parts: ready.data.failing.join(', ') })}</Badge> : <Badge tone="good">{t('settings.ready')}</Badge>}
            </dd>
          </div>
          <div>
            <dt>{t('settings.address')}</dt>
            <dd>{location.origin}</dd>
          </div>
          {counts.size > 0 ? (
            <div>
              <dt>{t('settings.providers')}</dt>
              <dd>
                <ul>
                  {[...counts].map(([provider, count]) => (
                    <li key={provider}>
                      {provider} · {t('models.count', { count })}
                    </li>
                  ))}
                </ul>
              </dd>
            </div>
          ) : null}
        </dl>
      ) : null}
      <p>
        <a href="/docs">{t('app.apiDocs')}</a>
      </p>
    </section>
  );
}

/** 503 is an answer here: it names what fails. */
async function look(signal: AbortSignal): Promise<Ready> {
  let reply: Response;
  try {
    reply = await fetch('/ready', { signal });
  } catch (fault) {
    throw fault instanceof DOMException && fault.name === 'AbortError' ? fault : new Unreachable();
  }
  if (!reply.ok && reply.status !== 503) throw await ApiError.of(reply);
  return (await reply.json()) as Ready;
}
