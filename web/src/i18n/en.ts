import { app } from './en/app';
import { library } from './en/library';
import { signin } from './en/signin';

const texts = { app, signin, library };

export type Texts = typeof texts;
export default texts;
