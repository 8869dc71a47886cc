import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client';
import type { Money, Row, Sharpened } from '../api/types';

export type Key = Sharpened<
  Row<'listKeys'>['keys'][number],
  { creates_per_minute: number | null; daily_budget_usd: Money; monthly_budget_usd: Money; last_used_at: number | null; revoked_at: number | null }
>;

export const scopes = ['read', 'create', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const keysQuery = queryOptions({ queryKey: ['keys'] as const, queryFn: async ({ signal }) => (await api.get('/api/keys', { signal })).keys as unknown as Key[] });

/** A number that was typed, or nothing. */
export function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text.trim().replace(',', '.'));
}

export const isAmount = (text: string) => text.trim() === '' || (Number.isFinite(numberOf(text)) && (numberOf(text) ?? -1) >= 0);
