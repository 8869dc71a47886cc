import { Boxes, ChartColumn, Clapperboard, Images, KeyRound, type LucideIcon, Plus, Settings, Users, Webhook } from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ParseKeys } from 'i18next';

export interface PageRoute {
  path: string;
  title: ParseKeys;
  page: LazyExoticComponent<ComponentType>;
  /** Its place in the rail; none: reached from other pages. */
  icon?: LucideIcon;
  /** On phones: in the bar below; else behind "More". */
  inBar?: boolean;
  forAdmins?: boolean;
}

/** Every page behind the sign-in, in the order of the rail. The first that fits is shown. */
export const routes: readonly PageRoute[] = [
  { path: '/', title: 'app.library', icon: Clapperboard, inBar: true, page: lazy(() => import('../library/LibraryPage')) },
  { path: '/create', title: 'app.create', icon: Plus, inBar: true, page: lazy(() => import('../create/CreatePage')) },
  { path: '/videos/:id', title: 'video.title', page: lazy(() => import('../video/VideoPage')) },
  { path: '/sessions', title: 'app.sessions', icon: Images, inBar: true, page: lazy(() => import('../sessions/SessionsPage')) },
  { path: '/sessions/:id', title: 'sessions.title', page: lazy(() => import('../sessions/SessionPage')) },
  { path: '/spend', title: 'app.spend', icon: ChartColumn, page: lazy(() => import('../spend/SpendPage')) },
  { path: '/models', title: 'app.models', icon: Boxes, page: lazy(() => import('../models/ModelsPage')) },
  { path: '/keys', title: 'app.keys', icon: KeyRound, page: lazy(() => import('../keys/KeysPage')) },
  { path: '/webhooks', title: 'app.webhooks', icon: Webhook, page: lazy(() => import('../webhooks/WebhooksPage')) },
  { path: '/webhooks/:id', title: 'webhooks.title', page: lazy(() => import('../webhooks/WebhookPage')) },
  { path: '/users', title: 'app.users', icon: Users, forAdmins: true, page: lazy(() => import('../users/UsersPage')) },
  { path: '/settings', title: 'app.settings', icon: Settings, page: lazy(() => import('../settings/SettingsPage')) },
];

