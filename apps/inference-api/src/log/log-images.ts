import type { ProblemCode } from '@assay/schema';

/** Which images are kept: none; those of a share and all remarkable ones; or the remarkable ones alone. */
export type LogImages =
  | { readonly keep: 'none' }
  | { readonly keep: 'sample'; readonly share: number }
  | { readonly keep: 'uncertain' };

/** What decides whether an image is kept. */
export interface KeepQuestion {
  /** Of the image, lower-case hex. */
  readonly sha256: string;
  /** Of the answer. */
  readonly decision?: string;
  /** Of the refusal. */
  readonly code?: ProblemCode;
}

/** Refusals that the image itself brought about. */
const imageFaults: readonly ProblemCode[] = [
  'unreadable-image',
  'unsupported-image-format',
  'too-many-pixels',
  'internal',
];

/**
 * Reads `none`, `uncertain`, or `sample:` and a share from 0 to 1.
 *
 * @returns undefined for anything else
 */
export function parseLogImages(text: string): LogImages | undefined {
  if (text === 'none' || text === 'uncertain') return { keep: text };
  const share = /^sample:(\d(?:\.\d+)?)$/.exec(text)?.[1];
  return share === undefined || Number(share) > 1 ? undefined : { keep: 'sample', share: Number(share) };
}

/**
 * Whether an image is kept. Chance is the image's own digest: the same image is always kept or never, whichever process
 * decides. What the model was not sure of, what is out of its scope, and what could not be answered is always kept, unless
 * nothing is.
 */
export function keepsImage(policy: LogImages, { sha256, decision, code }: KeepQuestion): boolean {
  if (policy.keep === 'none') return false;
  if (decision === 'uncertain' || decision === 'out-of-scope') return true;
  if (code !== undefined && imageFaults.includes(code)) return true;
  return (
    policy.keep === 'sample' &&
    code === undefined &&
    Number.parseInt(sha256.slice(0, 8), 16) < policy.share * 2 ** 32
  );
}
