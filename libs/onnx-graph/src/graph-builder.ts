import { AssayError } from '@assay/schema';
import { checkGraph } from './check-graph.ts';
import { serialiseModel } from './codec.ts';
import type { ElementType } from './element-type.ts';
import { makeNode, type Attributes } from './make-node.ts';
import { makeTensor, type TensorData } from './make-tensor.ts';
import type { GraphProto, OnnxModel, TensorProto } from './messages.ts';
import { makeValueInfo, type Dimension } from './value-info.ts';
import { DEFAULT_IR_VERSION, DEFAULT_OPSET } from './versions.ts';

/** What a new graph says about itself. */
export interface GraphBuilderOptions {
  /** Name of the graph; default `'graph'`. */
  readonly name?: string;
  /** Version of the standard operators; default {@link DEFAULT_OPSET}. */
  readonly opset?: number;
  /** Version of the file format; default {@link DEFAULT_IR_VERSION}. */
  readonly irVersion?: number;
  /** Name of the program that makes the model; default `'assay'`. */
  readonly producer?: string;
  /** Free key–value pairs that travel in the file. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes an ONNX graph one operator call after another. Tensors are names; every method that makes one
 * answers its name. Nodes are kept in the order of the calls, which thereby is the order of execution.
 *
 * @example
 * const graph = new GraphBuilder();
 * const x = graph.input('x', ['N', 3]);
 * const w = graph.initializer('w', [3, 1], Float32Array.of(1, 2, 3));
 * graph.op('MatMul', [x, w], {}, { output: 'y' });
 * graph.output('y', ['N', 1]);
 * const bytes = graph.build();
 */
export class GraphBuilder {
  readonly #graph: GraphProto;
  readonly #options: GraphBuilderOptions;
  readonly #domains = new Set<string>();
  readonly #names = new Set<string>();
  readonly #reserved = new Set<string>();
  readonly #constants = new Map<string, string>();
  readonly #counters = new Map<string, number>();
  #scope = '';

  constructor(options: GraphBuilderOptions = {}) {
    this.#options = options;
    this.#graph = {
      node: [],
      name: options.name ?? 'graph',
      initializer: [],
      input: [],
      output: [],
      valueInfo: [],
    };
  }

  /**
   * Calls `make`; the nodes that it adds are named `<scope>/node_…`, so that a profile can tell what they belong to. Of
   * scopes inside one another the innermost counts.
   */
  within<Result>(scope: string, make: () => Result): Result {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return make();
    } finally {
      this.#scope = outer;
    }
  }

  /** Declares a graph input. @throws AssayError `invalid-model` when the name is taken. */
  input(name: string, shape: readonly Dimension[], type: ElementType = 'float32'): string {
    this.#graph.input.push(makeValueInfo(this.#claim(name), shape, type));
    return name;
  }

  /** Declares the tensor `name`, which some call makes, as a graph output. */
  output(name: string, shape: readonly Dimension[], type: ElementType = 'float32'): void {
    this.#graph.output.push(makeValueInfo(name, shape, type));
  }

  /**
   * Adds a named constant, row-major. The memory of `data` is read when the model is built, not copied before.
   *
   * @throws AssayError `invalid-model` when the name is taken or the data does not fill the shape.
   */
  initializer(name: string, shape: readonly number[], data: TensorData): string {
    return this.constant(makeTensor(name, { shape, data }));
  }

  /**
   * Adds a constant that was made or read elsewhere, of any element type.
   *
   * @throws AssayError `invalid-model` when its name is missing or taken.
   */
  constant(tensor: TensorProto): string {
    const name = this.#claim(tensor.name ?? '');
    this.#graph.initializer.push(tensor);
    return name;
  }

  /** The scalar float32 constant `value`; equal values share one tensor. */
  float(value: number): string {
    const data = Float32Array.of(value);
    return this.#shared(`float ${Object.is(value, -0) ? '-0' : data[0]}`, [], data);
  }

  /** The int64 vector constant `values`; equal vectors share one tensor. */
  ints(values: readonly number[]): string {
    return this.#shared(`ints ${values.join()}`, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** The int64 scalar constant `value`; equal values share one tensor. */
  int(value: number): string {
    return this.#shared(`int ${value}`, [], BigInt64Array.of(BigInt(value)));
  }

  /** A tensor name that nothing has yet, for example `Conv_3`, reserved for the one tensor that is given it. */
  unique(prefix: string): string {
    let count = this.#counters.get(prefix) ?? 0;
    let name = `${prefix}_${count}`;
    while (this.#names.has(name)) name = `${prefix}_${++count}`;
    this.#counters.set(prefix, count + 1);
    this.#names.add(name);
    this.#reserved.add(name);
    return name;
  }

  /**
   * Calls an operator that has one output.
   *
   * @param inputs - tensor names; `''` leaves an optional input out
   * @param options - `domain` other than the standard one, for example `'com.microsoft'`; `output` a name for the result
   * @returns the name of the result
   */
  // eslint-disable-next-line @typescript-eslint/max-params -- read like the operator call that it writes
  op(
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    options: { readonly domain?: string; readonly output?: string } = {},
  ): string {
    const output = options.output === undefined ? this.unique(opType) : this.#claimOutput(options.output);
    this.#node(opType, inputs, { attributes, outputs: [output], domain: options.domain ?? '' });
    return output;
  }

  /**
   * Calls an operator that has several outputs.
   *
   * @param outputs - how many, or their names (`''` leaves an optional output out)
   * @returns the names of the results
   */
  // eslint-disable-next-line @typescript-eslint/max-params -- as `op`, with the outputs beside the inputs
  ops(
    opType: string,
    inputs: readonly string[],
    attributes: Attributes,
    outputs: number | readonly string[],
    options: { readonly domain?: string } = {},
  ): string[] {
    const names =
      typeof outputs === 'number'
        ? Array.from({ length: outputs }, () => this.unique(opType))
        : outputs.map((name) => (name === '' ? '' : this.#claimOutput(name)));
    this.#node(opType, inputs, { attributes, outputs: names, domain: options.domain ?? '' });
    return names;
  }

  /**
   * The model as the content of an `.onnx` file. Operator domains other than the standard one get version 1.
   *
   * @throws AssayError `invalid-model` when a node or output names a tensor that nothing before it makes, or a name
   *   is made twice.
   */
  build(): Uint8Array<ArrayBuffer> {
    checkGraph(this.#graph);
    return serialiseModel(this.#model());
  }

  #model(): OnnxModel {
    const {
      opset = DEFAULT_OPSET,
      irVersion = DEFAULT_IR_VERSION,
      producer = 'assay',
      metadata = {},
    } = this.#options;
    return {
      irVersion,
      producerName: producer,
      graph: this.#graph,
      opsetImport: [
        { domain: '', version: opset },
        ...[...this.#domains].map((domain) => ({ domain, version: 1 })),
      ],
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    };
  }

  #node(
    opType: string,
    inputs: readonly string[],
    rest: { attributes: Attributes; outputs: readonly string[]; domain: string },
  ): void {
    const { attributes, outputs, domain } = rest;
    const name = `${this.#scope === '' ? '' : `${this.#scope}/`}node_${this.#graph.node.length}`;
    this.#graph.node.push(makeNode(opType, { inputs, outputs }, { name, domain, attributes }));
    if (domain !== '') this.#domains.add(domain);
  }

  #shared(key: string, shape: readonly number[], data: TensorData): string {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.unique('constant');
    this.#graph.initializer.push(makeTensor(name, { shape, data }));
    this.#constants.set(key, name);
    return name;
  }

  #claim(name: string): string {
    if (name === '' || (this.#names.has(name) && !this.#reserved.delete(name))) {
      throw new AssayError(
        'invalid-model',
        name === '' ? 'A tensor needs a name.' : `The tensor name "${name}" is used twice in this graph.`,
      );
    }
    this.#names.add(name);
    return name;
  }

  /** A name reserved with `unique` may be given to the output of a call; that it is made once, `build` checks. */
  #claimOutput(name: string): string {
    if (name === '') throw new AssayError('invalid-model', 'The output of an operator needs a name.');
    this.#names.add(name);
    return name;
  }
}
