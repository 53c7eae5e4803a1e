import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';
import { classNames } from './class-names.ts';

export interface NoticeProps {
  readonly tone: Exclude<Tone, 'plain'>;
  readonly title: string;
  readonly children?: ReactNode;
}

/** Something that has to be known now. Said aloud at once when it is bad, else at the next pause. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={classNames('notice', `tone-${tone}`)} role={tone === 'bad' ? 'alert' : 'status'}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}
