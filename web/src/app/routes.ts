import { Boxes, ChartColumn, Clapperboard, Images, KeyRound, type LucideIcon, Plus, Settings, Users, Webhook } from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ParseKeys } from 'i18next';

interface Place {
  path: string;
  title: ParseKeys;
  load: () => Promise<{ default: ComponentType }>;
  /** Its place in the rail; none: reached from other pages. */
  icon?: LucideIcon;
  /** On phones: in the bar below; else behind "More". */
  inBar?: boolean;
  forAdmins?: boolean;
}

export interface PageRoute extends Place {
  page: LazyExoticComponent<ComponentType>;
}

const places: readonly Place[] = [
  { path: '/', title: 'app.library', icon: Clapperboard, inBar: true, load: () => import('../library/LibraryPage') },
  { path: '/create', title: 'app.create', icon: Plus, inBar: true, load: () => import('../create/CreatePage') },
  { path: '/videos/:id', title: 'video.title', load: () => import('../video/VideoPage') },
  { path: '/sessions', title: 'app.sessions', icon: Images, inBar: true, load: () => import('../sessions/SessionsPage') },
  { path: '/sessions/:id', title: 'sessions.title', load: () => import('../sessions/SessionPage') },
  { path: '/spend', title: 'app.spend', icon: ChartColumn, load: () => import('../spend/SpendPage') },
  { path: '/models', title: 'app.models', icon: Boxes, load: () => import('../models/ModelsPage') },
  { path: '/keys', title: 'app.keys', icon: KeyRound, load: () => import('../keys/KeysPage') },
  { path: '/webhooks', title: 'app.webhooks', icon: Webhook, load: () => import('../webhooks/WebhooksPage') },
  { path: '/webhooks/:id', title: 'webhooks.title', load: () => import('../webhooks/WebhookPage') },
  { path: '/users', title: 'app.users', icon: Users, forAdmins: true, load: () => import('../users/UsersPage') },
  { path: '/settings', title: 'app.settings', icon: Settings, load: () => import('../settings/SettingsPage') },
];

/** Every page behind the sign-in, in the order of the rail. The first that fits is shown. */
export const routes: readonly PageRoute[] = places.map((place) => ({ ...place, page: lazy(place.load) }));
