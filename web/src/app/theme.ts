export type Theme = 'auto' | 'light' | 'dark';

const kept = 'kinora.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export function themeOf(): Theme {
  const said = localStorage.getItem(kept);
  return said === 'light' || said === 'dark' ? said : 'auto';
}

export function setTheme(theme: Theme): void {
  if (theme === 'auto') localStorage.removeItem(kept);
  else localStorage.setItem(kept, theme);
  apply();
}

/** Follows the system as long as nothing else is chosen. */
export function startTheme(): void {
  apply();
  system.addEventListener('change', apply);
}

function apply(): void {
  const theme = themeOf();
  document.documentElement.dataset.theme = theme === 'auto' ? (system.matches ? 'dark' : 'light') : theme;
}
