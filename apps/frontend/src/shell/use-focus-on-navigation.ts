import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/**
 * Puts the focus on the content when the view changes, so that those who listen hear the new one and the next Tab leads into it. Not at
 * the first view: there the browser does the right thing.
 */
export function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const [location] = useLocation();
  const view = location.split('/')[1];
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [view]);
  return main;
}
