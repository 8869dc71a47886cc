import type { Texts } from './en';
import { app } from './zh/app';
import { create } from './zh/create';
import { keys } from './zh/keys';
import { library } from './zh/library';
import { models } from './zh/models';
import { sessions } from './zh/sessions';
import { settings } from './zh/settings';
import { signin } from './zh/signin';
import { spend } from './zh/spend';
import { users } from './zh/users';
import { video } from './zh/video';
import { webhooks } from './zh/webhooks';

const texts: Texts = { app, signin, create, library, video, sessions, spend, models, keys, users, webhooks, settings };

export default texts;
