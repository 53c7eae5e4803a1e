import { type Tape } from '../tape/tape.ts';

/** A vector that passes from step to step: input `name`, output `next_name`. */
export interface StateVector {
  readonly name: string;
  readonly size: number;
}

/** The vectors of the training state that a graph takes and gives. */
export class StateVectors {
  readonly #tape: Tape;
  readonly #inputs = new Map<string, StateVector>();

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  /** In the order in which they were asked for. */
  get inputs(): readonly StateVector[] {
    return [...this.#inputs.values()];
  }

  /** The vector before the step. @returns Its tensor. */
  input(name: string, size: number): string {
    if (!this.#inputs.has(name)) {
      this.#inputs.set(name, { name, size });
      this.#tape.graph.input(name, [size]);
    }
    return name;
  }

  /** What the vector is after the step. */
  keep(name: string, size: number, next: string): void {
    this.#tape.graph.op('Identity', [next], {}, { output: `next_${name}` });
    this.#tape.graph.output(`next_${name}`, [size]);
  }
}
