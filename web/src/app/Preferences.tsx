import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languages, speak } from '../i18n/i18n';
import { SelectField } from '../ui/Field';
import { type Theme, setTheme, themeOf } from './theme';

/** What this browser shows, and how; kept in it alone. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const [theme, choose] = useState(themeOf);
  return (
    <>
      <SelectField
        label={t('app.theme')}
        value={theme}
        onChange={(event) => {
          choose(event.target.value as Theme);
          setTheme(event.target.value as Theme);
        }}
      >
        <option value="auto">{t('app.themeAuto')}</option>
        <option value="light">{t('app.themeLight')}</option>
        <option value="dark">{t('app.themeDark')}</option>
      </SelectField>
      <SelectField label={t('app.language')} value={i18n.language} onChange={(event) => void speak(event.target.value as Language)}>
        {Object.entries(languages).map(([tag, name]) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </SelectField>
    </>
  );
}
