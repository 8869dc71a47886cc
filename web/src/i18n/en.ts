import { app } from './en/app';
import { create } from './en/create';
import { library } from './en/library';
import { signin } from './en/signin';
import { video } from './en/video';

const texts = { app, signin, create, library, video };

export type Texts = typeof texts;
export default texts;
