import type { Texts } from './en';
import { app } from './zh/app';
import { create } from './zh/create';
import { library } from './zh/library';
import { models } from './zh/models';
import { sessions } from './zh/sessions';
import { signin } from './zh/signin';
import { spend } from './zh/spend';
import { video } from './zh/video';

const texts: Texts = { app, signin, create, library, video, sessions, spend, models };

export default texts;
