import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** How something stands; never told by colour alone. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** A word about something, in its tone. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={classNames('badge', tone !== 'plain' && `tone-${tone}`)}>{children}</span>;
}
