import { useEffect, type ReactNode } from 'react';

export interface PageProps {
  /** The view's heading, and the title of the window. */
  readonly title: string;
  /** One sentence under it. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** A view: heading, lead, content. Sets the title of the window. */
export function Page({ title, lead, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Assay`;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{title}</h1>
        {lead !== undefined && <p className="page-lead">{lead}</p>}
      </header>
      {children}
    </div>
  );
}
