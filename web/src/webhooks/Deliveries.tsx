import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { RefreshCw, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Button, IconButton } from '../ui/Button';
import { Fault } from '../ui/Fault';
import { Loading } from '../ui/states';
import { toast, useToastFault } from '../ui/toasts';
import rows from '../ui/Rows.module.css';
import { DeliveryRow } from './DeliveryRow';
import { type DeliveryPage, type DeliveryState, deliveriesKey } from './webhooks';
import css from './Webhook.module.css';

const states = ['pending', 'delivered', 'dead'] as const;
/** While something waits to be sent again. */
const lookAgain = 2_000;

export function Deliveries({ id }: { id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const fail = useToastFault();
  const [state, setState] = useState<DeliveryState | ''>('');
  const list = useInfiniteQuery({
    queryKey: [...deliveriesKey(id), state],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => (await api.get('/api/webhooks/{id}/deliveries', { path: { id }, query: { state: state || undefined, cursor: pageParam ?? undefined, limit: 50 }, signal })) as unknown as DeliveryPage,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.pages.some((page) => page.deliveries.some((one) => one.state === 'pending')) ? lookAgain : false),
  });
  const replayedNow = (count: number) => {
    toast(t('webhooks.replayed', { count }));
    return client.invalidateQueries({ queryKey: deliveriesKey(id) });
  };
  const replay = useMutation({ mutationFn: (delivery: string) => api.post('/api/webhooks/{id}/deliveries/{delivery}/replay', { path: { id, delivery } }), onSuccess: () => replayedNow(1), onError: fail });
  const replayAll = useMutation({
    mutationFn: () => api.post('/api/webhooks/{id}/replay-dead', { path: { id } }),
    onSuccess: ({ replayed }) => replayedNow(replayed),
    onError: fail,
  });
  const all = list.data?.pages.flatMap((page) => page.deliveries) ?? [];
  return (
    <section aria-labelledby="deliveries">
      <header className={css.bar}>
        <h2 id="deliveries">{t('webhooks.deliveries')}</h2>
        <select className={css.state} aria-label={t('webhooks.state')} value={state} onChange={(event) => setState(event.target.value as DeliveryState | '')}>
          <option value="">{t('library.any')}</option>
          {states.map((one) => (
            <option key={one} value={one}>
              {t(`webhooks.state_${one}`)}
            </option>
          ))}
        </select>
        <IconButton label={t('webhooks.refresh')} icon={<RefreshCw size={18} />} onClick={() => void list.refetch()} />
        {all.some((delivery) => delivery.state === 'dead') ? (
          <Button small busy={replayAll.isPending} icon={<RotateCcw size={16} aria-hidden="true" />} onClick={() => replayAll.mutate()}>
            {t('webhooks.replayDead')}
          </Button>
        ) : null}
      </header>
      {list.error && all.length === 0 ? <Fault error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isPending ? <Loading /> : null}
      {list.isSuccess && all.length === 0 ? <p className={css.none}>{t(state ? 'webhooks.noneInState' : 'webhooks.none')}</p> : null}
      <ul className={rows.rows}>
        {all.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} busy={replay.isPending && replay.variables === delivery.id} onReplay={() => replay.mutate(delivery.id)} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className={css.next}>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('webhooks.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
