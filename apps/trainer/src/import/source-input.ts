import { elementTypeOf, type ElementType, type GraphProto, type TypeProto } from '@assay/onnx-graph';
import { AssayError } from '@assay/schema';

/** The input of a model as its exporter described it. */
export interface SourceInput {
  name: string;
  type: ElementType;
  /** Sizes; undefined where they may vary. Undefined as a whole where not even their number is known. */
  sizes: (number | undefined)[] | undefined;
}

/** Element types that prepared numbers can be brought to. */
const takes: readonly ElementType[] = ['float32', 'float16', 'float64', 'uint8', 'int8', 'int32', 'int64'];

/**
 * The one tensor that a model takes.
 *
 * @throws AssayError `invalid-model` for several inputs, or one that is no tensor of numbers
 */
export function sourceInput(graph: GraphProto): SourceInput {
  const [input, ...others] = graph.input;
  if (input === undefined || others.length > 0)
    throw new AssayError(
      'invalid-model',
      `Expected a model with one input; this one has ${graph.input.length}: ${graph.input.map((one) => `${one.name} ${describeType(one.type)}`).join(', ') || 'none'}. ` +
        'Export it with one tensor for all features (skl2onnx: one FloatTensorType([None, features])).',
    );
  const tensor = input.type?.tensorType;
  const type = tensor === undefined ? undefined : elementTypeOf(tensor.elemType);
  if (type === undefined || !takes.includes(type))
    throw new AssayError(
      'invalid-model',
      `The input "${input.name}" is ${describeType(input.type)}; expected a tensor of ${takes.join(', ')}. Texts cannot be fed: encode them before the model.`,
    );
  const sizes = tensor?.shape?.dim.map(({ dimValue }) =>
    dimValue === undefined || Number(dimValue) <= 0 ? undefined : Number(dimValue),
  );
  return { name: input.name ?? '', type, sizes };
}

/** A type for people: `float32[N,3,224,224]`. */
export function describeType(type: TypeProto | undefined): string {
  if (type?.sequenceType) return `a sequence of ${describeType(type.sequenceType.elemType)}`;
  if (type?.mapType) return 'maps';
  const tensor = type?.tensorType;
  if (tensor === undefined) return 'of a type that is not known';
  const sizes = tensor.shape?.dim.map(({ dimValue, dimParam }) =>
    String(dimValue ?? (dimParam === '' ? '?' : (dimParam ?? '?'))),
  );
  return `${elementTypeOf(tensor.elemType)}${sizes === undefined ? '' : `[${sizes.join(',')}]`}`;
}
