import type { Texts } from './en';
import { app } from './zh/app';
import { create } from './zh/create';
import { library } from './zh/library';
import { sessions } from './zh/sessions';
import { signin } from './zh/signin';
import { video } from './zh/video';

const texts: Texts = { app, signin, create, library, video, sessions };

export default texts;
