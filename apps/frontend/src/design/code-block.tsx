import type { ReactNode } from 'react';

/** Something to type into a terminal. It scrolls, so it must be reachable by keyboard. */
export function CodeBlock({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    <pre className="code-block" tabIndex={0} aria-label={label}>
      {children}
    </pre>
  );
}
