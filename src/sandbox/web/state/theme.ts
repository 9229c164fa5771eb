export type Theme = 'light' | 'dark';

const KEY = 'theme';

export const theme = (): Theme =>
  (localStorage.getItem(KEY) as Theme | null) ??
  (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

export function setTheme(to: Theme): void {
  localStorage.setItem(KEY, to);
  document.documentElement.dataset['theme'] = to;
}

export function startTheme(): void {
  document.documentElement.dataset['theme'] = theme();
}
