import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface CardProps {
  readonly title?: string;
  /** Beside the title: a badge, a button. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A sheet of paper; with a title it is a region that can be jumped to. */
export function Card({ title, aside, className, children }: CardProps) {
  const id = useId();
  if (title === undefined) return <div className={classNames('card', className)}>{children}</div>;
  return (
    <section className={classNames('card', className)} aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
