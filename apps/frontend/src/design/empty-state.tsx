import type { ReactNode } from 'react';

/** What stands where there is nothing yet: what would be here, and how it comes about. */
export function EmptyState({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
