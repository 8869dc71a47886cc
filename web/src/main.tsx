import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startTheme } from './app/theme';
import { startTexts } from './i18n/i18n';

startTheme();
await startTexts();
createRoot(document.getElementById('root')!).render(<App />);
