import { app } from './en/app';
import { create } from './en/create';
import { keys } from './en/keys';
import { library } from './en/library';
import { models } from './en/models';
import { sessions } from './en/sessions';
import { settings } from './en/settings';
import { signin } from './en/signin';
import { spend } from './en/spend';
import { users } from './en/users';
import { video } from './en/video';
import { webhooks } from './en/webhooks';

const texts = { app, signin, create, library, video, sessions, spend, models, keys, users, webhooks, settings };

export type Texts = typeof texts;
export default texts;
