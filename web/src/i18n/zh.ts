import type { Texts } from './en';
import { app } from './zh/app';
import { library } from './zh/library';
import { signin } from './zh/signin';

const texts: Texts = { app, signin, library };

export default texts;
