import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Texts } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts };
  }
}

export const languages = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof languages;

const kept = 'kinora.language';
const loaders: Record<Language, () => Promise<{ default: Texts }>> = { en: () => import('./en'), zh: () => import('./zh') };

/** Only the language that is shown is loaded. */
export async function startTexts(): Promise<void> {
  const language = chosen();
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: (await loaders[language]()).default } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  if (!i18next.hasResourceBundle(language, 'translation')) i18next.addResourceBundle(language, 'translation', (await loaders[language]()).default);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

function chosen(): Language {
  const said = localStorage.getItem(kept) ?? navigator.languages.find((tag) => /^(en|zh)\b/i.test(tag)) ?? 'en';
  return said.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
