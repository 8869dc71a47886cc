import { app } from './en/app';
import { create } from './en/create';
import { library } from './en/library';
import { models } from './en/models';
import { sessions } from './en/sessions';
import { signin } from './en/signin';
import { spend } from './en/spend';
import { video } from './en/video';

const texts = { app, signin, create, library, video, sessions, spend, models };

export type Texts = typeof texts;
export default texts;
