import { AssayError } from '@assay/schema';
import type { InputPlan } from './plan-input.ts';
import type { PlainTensor } from './read-npy.ts';

/**
 * A tensor as the original model is fed, with or without its batch of one, as the package's model is fed.
 *
 * @throws AssayError `invalid-dataset` where its sizes are not those that the model takes
 */
export function toPackageLayout(tensor: PlainTensor, plan: InputPlan, name: string): PlainTensor {
  const { layout, channelOrder, shape } = plan;
  const sizes = tensor.shape.length === shape.length ? tensor.shape.slice(1) : tensor.shape;
  const batch = tensor.shape.length === shape.length ? tensor.shape[0] : 1;
  const [, ...wanted] = shape;
  const [first = 0, second = 0, third = 0] = sizes;
  const turned = layout === 'nhwc' ? [third, first, second] : sizes;
  const fits = (size: number | string, at: number) => typeof size === 'string' || turned[at] === size;
  if (batch !== 1 || turned.length !== wanted.length || !wanted.every(fits))
    throw new AssayError(
      'invalid-dataset',
      `${name}: expected the tensor of one input, ${layout === 'nhwc' ? '[height, width, channels]' : `[${wanted.join(', ')}]`}; received [${tensor.shape.join(', ')}].`,
    );
  if (turned.length === 1) return { shape: [1, ...turned], data: tensor.data };
  const [channels = 0, height = 0, width = 0] = turned;
  const plane = height * width;
  const data = new Float32Array(tensor.data.length);
  for (let channel = 0; channel < channels; channel++) {
    const from = channelOrder === 'bgr' ? channels - 1 - channel : channel;
    for (let at = 0; at < plane; at++)
      data[channel * plane + at] = tensor.data[layout === 'nhwc' ? at * channels + from : from * plane + at]!;
  }
  return { shape: [1, channels, height, width], data };
}
