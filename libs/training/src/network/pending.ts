import { type Window } from '../operations/window.ts';
import { type Variable } from '../tape/variable.ts';

/** The result of a layer that is emitted when the layer behind it is known, since some pairs are cheaper as one. */
export interface Pending {
  /** The result as it stands; the same one each time. */
  emit(): Variable;
  /** The result with each channel multiplied by a sign, for less than {@link emit} and a multiplication. */
  readonly emitFlipped?: (signs: string) => Variable;
  /** The result after max pooling, for less than {@link emit} and a pooling. */
  readonly emitPooled?: (window: Window) => Variable;
}

/** A result that is there already. */
export function emitted(variable: Variable): Pending {
  return { emit: () => variable };
}

/** A result whose nodes are emitted inside `within`, whenever and in whichever form they are. */
export function emittedWithin(within: (make: () => Variable) => Variable, result: Pending): Pending {
  const { emit, emitFlipped, emitPooled } = result;
  return {
    emit: () => within(emit),
    ...(emitFlipped && { emitFlipped: (signs: string) => within(() => emitFlipped(signs)) }),
    ...(emitPooled && { emitPooled: (window: Window) => within(() => emitPooled(window)) }),
  };
}

/** Calls `make` when first asked and repeats its answer from then on. */
export function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
