import { AssayError, type ImagePreprocessingSpec, type PreprocessingSpec } from '@assay/schema';
import type { ChannelOrder, Layout } from './input-layout.ts';
import type { SourceInput } from './source-input.ts';

/** What packages feed: float32 `[N, C, H, W]` or `[N, F]`; N is dynamic, and so are H and W where they are names. */
export type PackageShape = ['N', ...(number | string)[]];

/** How prepared inputs become what the model takes. */
export interface InputPlan {
  layout: Layout;
  channelOrder: ChannelOrder;
  /** Of the package's input. */
  shape: PackageShape;
}

/**
 * Finds out how the inputs that `preprocessing` prepares fit the model.
 *
 * @param wishes.layout that of the model; found from its sizes where it is left out
 * @throws AssayError `invalid-model` where they do not fit, with what each side has
 */
export function planInput(
  source: SourceInput,
  preprocessing: PreprocessingSpec,
  wishes: { layout?: Layout | undefined; channelOrder?: ChannelOrder | undefined } = {},
): InputPlan {
  return preprocessing.kind === 'image'
    ? planImage(source, preprocessing, wishes)
    : planRow(source, preprocessing.features.length);
}

function planRow(source: SourceInput, features: number): InputPlan {
  const { sizes } = source;
  if (sizes !== undefined && sizes.length !== 2)
    throw misfit(source, `expected [batch, features], for ${features} features`);
  const wanted = sizes?.[1];
  if (wanted !== undefined && wanted !== features)
    throw misfit(source, `the preprocessing names ${features} feature(s), the model takes ${wanted}`);
  return { layout: 'nchw', channelOrder: 'rgb', shape: ['N', features] };
}

function planImage(
  source: SourceInput,
  spec: ImagePreprocessingSpec,
  wishes: { layout?: Layout | undefined; channelOrder?: ChannelOrder | undefined },
): InputPlan {
  const channels = spec.normalise.mean.length;
  const channelOrder = wishes.channelOrder ?? 'rgb';
  if (channelOrder === 'bgr' && channels !== 3)
    throw new AssayError('invalid-configuration', 'Only images in colour have an order of channels.');
  const { sizes } = source;
  if (sizes !== undefined && sizes.length !== 4)
    throw misfit(
      source,
      'expected four sizes, [batch, channels, height, width] or [batch, height, width, channels]',
    );
  const layout = wishes.layout ?? findLayout(source, channels);
  const [, a, b, c] = sizes ?? [];
  const [depth, height, width] = layout === 'nchw' ? [a, b, c] : [c, a, b];
  if (depth !== undefined && depth !== channels)
    throw misfit(
      source,
      `as ${layout} it takes ${depth} channel(s), colour "${spec.colour}" gives ${channels}`,
    );
  const view = viewSize(spec);
  const fits = (wanted: number | undefined, given: number | undefined) =>
    wanted === undefined || wanted === given;
  if (!fits(height, view?.height) || !fits(width, view?.width))
    throw misfit(
      source,
      `it takes images of ${height ?? 'any'} × ${width ?? 'any'} (height × width), the preprocessing gives ` +
        (view ? `${view.height} × ${view.width}` : 'whatever size an image has; add a crop'),
    );
  return { layout, channelOrder, shape: ['N', channels, height ?? 'height', width ?? 'width'] };
}

function findLayout(source: SourceInput, channels: number): Layout {
  const { sizes } = source;
  const first = sizes?.[1] === channels;
  const last = sizes?.[3] === channels;
  if (first !== last) return first ? 'nchw' : 'nhwc';
  throw misfit(
    source,
    `its sizes do not tell whether channels come first or last; say --layout nchw or nhwc`,
  );
}

/** Height and width of what the model sees; undefined where they depend on the image. */
export function viewSize({
  resize,
  crop,
}: ImagePreprocessingSpec): { height: number; width: number } | undefined {
  if (crop.mode !== 'none') return crop;
  if (resize.mode === 'stretch') return resize;
  return resize.mode === 'pad-square' ? { height: resize.size, width: resize.size } : undefined;
}

function misfit({ name, type, sizes }: SourceInput, why: string): AssayError {
  const shape = sizes === undefined ? '' : `[${sizes.map((size) => size ?? '?').join(',')}]`;
  return new AssayError('invalid-model', `The model's input "${name}" is ${type}${shape}: ${why}.`);
}
