import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `main` is what a view is for, once on it; `quiet` looks like text. */
  readonly kind?: 'main' | 'plain' | 'quiet';
  readonly small?: boolean;
}

/** A button. */
export function Button({ kind = 'plain', small = false, className, ...others }: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames(
        'button',
        kind !== 'plain' && `button-${kind}`,
        small && 'button-small',
        className,
      )}
      {...others}
    />
  );
}
