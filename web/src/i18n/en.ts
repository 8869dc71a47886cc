import { app } from './en/app';
import { create } from './en/create';
import { library } from './en/library';
import { sessions } from './en/sessions';
import { signin } from './en/signin';
import { video } from './en/video';

const texts = { app, signin, create, library, video, sessions };

export type Texts = typeof texts;
export default texts;
