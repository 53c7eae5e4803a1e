/** What the page looks like: by the system's setting, or as chosen. */
export type Theme = 'system' | 'light' | 'dark';

/** Where the choice is kept; `public/theme.js` reads it before the first paint. */
const KEY = 'assay.theme';

/** The choice of an earlier visit. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

/** Shows a theme and remembers it, where the browser keeps anything. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // It holds for this visit.
  }
}
