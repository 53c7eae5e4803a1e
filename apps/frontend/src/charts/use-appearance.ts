import { useSyncExternalStore } from 'react';

const DARK = '(prefers-color-scheme: dark)';

/** Another value whenever colours are: what is drawn on a canvas does not change by itself. */
export function useAppearance(): string {
  return useSyncExternalStore(subscribe, read);
}

function subscribe(changed: () => void): () => void {
  const system = window.matchMedia(DARK);
  system.addEventListener('change', changed);
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    chosen.disconnect();
  };
}

const read = () => `${document.documentElement.dataset.theme ?? 'system'} ${window.matchMedia(DARK).matches}`;
