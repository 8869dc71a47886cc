import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../i18n/format';
import { Badge, type Tone } from '../ui/Badge';
import { Button } from '../ui/Button';
import rows from '../ui/Rows.module.css';
import type { Delivery } from './webhooks';
import css from './Webhook.module.css';

const tones: Record<Delivery['state'], Tone> = { pending: 'accent', delivered: 'good', dead: 'bad' };

export function DeliveryRow({ delivery, busy, onReplay }: { delivery: Delivery; busy: boolean; onReplay: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isVideo = delivery.video_id !== null && delivery.event.startsWith('video.');
  return (
    <li className={rows.row} data-delivery={delivery.state}>
      <div className={rows.main}>
        <div className={rows.name}>
          <h3>{delivery.event}</h3>
          <Badge tone={tones[delivery.state]}>{t(`webhooks.state_${delivery.state}`)}</Badge>
          {delivery.last_status === null ? null : <Badge>{delivery.last_status}</Badge>}
        </div>
        <p className={rows.facts}>
          <span>{format.time(delivery.created_at)}</span>
          <span>{t('webhooks.attempts', { count: delivery.attempts })}</span>
          {delivery.state === 'pending' && delivery.next_at !== null ? <span>{t('webhooks.nextAt', { time: format.time(delivery.next_at) })}</span> : null}
          {isVideo ? <Link href={`/videos/${delivery.video_id}`}>{t('webhooks.toVideo')}</Link> : null}
        </p>
        {delivery.last_error ? <p className={css.error}>{delivery.last_error}</p> : null}
        {delivery.payload ? (
          <details>
            <summary>{t('webhooks.payload')}</summary>
            <pre className={css.payload} tabIndex={0}>
              {JSON.stringify(delivery.payload, null, 2)}
            </pre>
          </details>
        ) : null}
      </div>
      {delivery.state === 'pending' ? null : (
        <Button small busy={busy} onClick={onReplay} aria-label={`${t('webhooks.replay')}: ${delivery.event}, ${format.time(delivery.created_at)}`}>
          {t('webhooks.replay')}
        </Button>
      )}
    </li>
  );
}
