import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { newQueryClient } from './api/queries';
import { begin } from './app/begin';
import { startTheme } from './app/theme';
import { startTexts } from './i18n/i18n';

startTheme();
const client = newQueryClient();
void begin(client);
await startTexts();
createRoot(document.getElementById('root')!).render(<App client={client} />);
