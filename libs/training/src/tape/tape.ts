import { type Attribute, GraphBuilder } from '@assay/onnx-graph';
import { type Shape, type Variable } from './variable.ts';

/** Maps the gradient of an operation's output to the gradients of its inputs; `undefined` where none flows. */
export type GradientRule = (upstream: string) => readonly (string | undefined)[];

interface Recorded {
  readonly variable: Variable;
  readonly inputs: readonly Variable[];
  readonly rule: GradientRule;
  /** The layer that it belongs to. */
  readonly layer: string;
}

/**
 * Reverse-mode differentiation that writes a graph instead of computing: each operation emits its forward nodes
 * and leaves a rule; {@link Tape.gradients} walks the rules backwards and emits the backward nodes beside them.
 */
export class Tape {
  readonly graph = new GraphBuilder({ name: 'training-step' });
  readonly #recorded: Recorded[] = [];
  readonly #constants = new Map<string, string>();
  #layer = '';

  /**
   * Calls `make` for a layer: what it emits is named `forward/<layer>/…`, and what its gradients take
   * `backward/<layer>/…`.
   */
  within<Result>(layer: string, make: () => Result): Result {
    const outer = this.#layer;
    this.#layer = layer;
    try {
      return this.graph.within(`forward/${layer}`, make);
    } finally {
      this.#layer = outer;
    }
  }

  /** A tensor that comes from outside the tape: data, or a parameter. */
  variable(name: string, shape: Shape, options: { needsGradient: boolean }): Variable {
    return { name, shape, needsGradient: options.needsGradient };
  }

  /** Notes the result of an operation and how gradients pass through it. */
  record(result: { name: string; shape: Shape }, inputs: readonly Variable[], rule: GradientRule): Variable {
    const needsGradient = inputs.some((input) => input.needsGradient);
    const variable: Variable = { ...result, needsGradient };
    if (needsGradient) this.#recorded.push({ variable, inputs, rule, layer: this.#layer });
    return variable;
  }

  /** One node with one output. */
  emit(opType: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    return this.graph.op(opType, inputs, attributes);
  }

  /** One node of ONNX Runtime's own operator set. */
  emitContrib(opType: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    return this.graph.op(opType, inputs, attributes, { domain: 'com.microsoft' });
  }

  /** A constant that is stored once, however often it is asked for under the same key. */
  constant(key: string, make: () => { shape: Shape; data: Float32Array | Int32Array }): string {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const { shape, data } = make();
    const name = this.graph.initializer(key, shape, data);
    this.#constants.set(key, name);
    return name;
  }

  /** The same elements in another shape; free of copies in the runtime. */
  reshape(name: string, shape: Shape): string {
    return this.emit('Reshape', [name, this.graph.ints(shape)]);
  }

  /**
   * Emits the gradients of `output` with respect to `targets`.
   *
   * @param upstream Gradient that arrives at `output`; a scalar loss takes 1.
   * @returns One tensor name per target, in its shape.
   * @throws RangeError when a target does not influence the output.
   */
  gradients(output: Variable, targets: readonly Variable[], upstream = this.graph.float(1)): string[] {
    const arrived = new Map<Variable, string>([[output, upstream]]);
    for (const { variable, inputs, rule, layer } of this.#recorded.toReversed()) {
      const gradient = arrived.get(variable);
      if (gradient === undefined) continue;
      this.graph.within(`backward/${layer}`, () =>
        rule(gradient).forEach((contribution, position) => {
          const input = inputs[position];
          if (contribution === undefined || !input?.needsGradient) return;
          const sum = arrived.get(input);
          arrived.set(input, sum === undefined ? contribution : this.emit('Add', [sum, contribution]));
        }),
      );
    }
    return targets.map((target) => {
      const gradient = arrived.get(target);
      if (gradient === undefined) throw new RangeError(`The output does not depend on "${target.name}".`);
      return this.reshape(gradient, target.shape);
    });
  }
}
