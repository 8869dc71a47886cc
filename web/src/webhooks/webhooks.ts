import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client';
import type { Row, Sharpened } from '../api/types';

export const events = ['video.completed', 'video.failed', 'image.completed', 'image.failed'] as const;
export type WebhookEvent = (typeof events)[number];

export type Webhook = Sharpened<Row<'getWebhook'>, { description: string | null; disabled_at: number | null }>;

export type Delivery = Sharpened<
  Row<'listDeliveries'>['deliveries'][number],
  { video_id: string | null; last_status: number | null; last_error: string | null; next_at: number | null; delivered_at: number | null; payload: unknown }
>;

export type DeliveryState = Delivery['state'];

export interface DeliveryPage {
  deliveries: Delivery[];
  next_cursor: string | null;
}

export const webhooksQuery = queryOptions({ queryKey: ['webhooks'] as const, queryFn: async ({ signal }) => (await api.get('/api/webhooks', { signal })).webhooks as unknown as Webhook[] });

export const webhookQuery = (id: string) => queryOptions({ queryKey: ['webhook', id] as const, queryFn: async ({ signal }) => (await api.get('/api/webhooks/{id}', { path: { id }, signal })) as unknown as Webhook });

export const deliveriesKey = (id: string) => ['deliveries', id] as const;
