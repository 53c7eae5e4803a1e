// Before the first paint: the theme that was chosen on an earlier visit. src/shell/theme.ts writes it.
try {
  const theme = localStorage.getItem('assay.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing follows the system.
}
