/** Dimensions of a tensor. In a training graph every dimension, the batch too, is known. */
export type Shape = readonly number[];

/** A float32 tensor of the graph, with what reverse-mode differentiation needs to know about it. */
export interface Variable {
  /** Tensor name in the ONNX graph. */
  readonly name: string;
  readonly shape: Shape;
  /** Whether the loss is to be differentiated with respect to this tensor or something behind it. */
  readonly needsGradient: boolean;
}

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The last dimension: channels of `[B, H, W, C]`, features of `[B, F]`. */
export function channelsOf(variable: Variable): number {
  return variable.shape.at(-1) ?? 1;
}

/** Rows of a variable that is seen as a matrix `[rows, channels]`. */
export function rowsOf(variable: Variable): number {
  return sizeOf(variable.shape) / channelsOf(variable);
}

/** The four sides of an image batch `[B, H, W, C]`. */
export function imageShape(variable: Variable): [number, number, number, number] {
  const [batch, height, width, channels] = variable.shape;
  if (variable.shape.length !== 4 || !batch || !height || !width || !channels)
    throw new RangeError(`Expected an image batch [B, H, W, C], received [${variable.shape.join(', ')}].`);
  return [batch, height, width, channels];
}
