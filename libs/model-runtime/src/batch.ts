import { elementCount, type Tensor, type Tensors } from './tensor.ts';

/** Rows of a request: the first size of its feeds; 1 where there is none. */
export function rowsOf(feeds: Tensors): number {
  for (const name in feeds) return feeds[name]?.shape[0] ?? 1;
  return 1;
}

/**
 * Requests with the same key may run as one: the same feeds, of the same types, of the same sizes but for the
 * first, and the same outputs.
 */
export function batchKey(feeds: Tensors, outputs: readonly string[] | undefined): string {
  const parts = Object.keys(feeds)
    .sort()
    .map((name) => `${name}:${feeds[name]?.type}:${feeds[name]?.shape.slice(1).join('x')}`);
  return `${parts.join(' ')} > ${outputs?.join(' ') ?? '*'}`;
}

/**
 * Puts feeds of equal {@link batchKey} under each other along the first axis, in order.
 *
 * @param requests at least one; `[n1, ...], [n2, ...]` become `[n1 + n2, ...]`
 */
export function concatenate(requests: readonly Tensors[]): Tensors {
  const [first] = requests;
  if (first === undefined || requests.length === 1) return first ?? {};
  const joined: Record<string, Tensor> = {};
  for (const name of Object.keys(first)) {
    joined[name] = concatenateTensors(requests.map((feeds) => feeds[name]!));
  }
  return joined;
}

function concatenateTensors(parts: readonly Tensor[]): Tensor {
  const [first] = parts as [Tensor];
  const rows = parts.reduce((sum, part) => sum + (part.shape[0] ?? 1), 0);
  const shape = [rows, ...first.shape.slice(1)];
  const data = new (first.data.constructor as new (length: number) => Tensor['data'])(elementCount(shape));
  let offset = 0;
  for (const part of parts) {
    data.set(part.data as never, offset);
    offset += part.data.length;
  }
  return { type: first.type, shape, data } as Tensor;
}

/**
 * Cuts outputs along the first axis into pieces of the given rows, each on memory of its own.
 *
 * @returns one set of tensors per entry of `rows`, or `undefined` where an output does not have one row per
 *   row of input, so that it cannot be told whose it is
 */
export function split(outputs: Tensors, rows: readonly number[]): Record<string, Tensor>[] | undefined {
  const total = rows.reduce((sum, count) => sum + count, 0);
  const names = Object.keys(outputs);
  if (names.some((name) => outputs[name]?.shape[0] !== total)) return undefined;
  let start = 0;
  return rows.map((count) => {
    const piece: Record<string, Tensor> = {};
    for (const name of names) {
      const { type, shape, data } = outputs[name]!;
      const width = total === 0 ? 0 : data.length / total;
      piece[name] = {
        type,
        shape: [count, ...shape.slice(1)],
        data: data.slice(start * width, (start + count) * width),
      } as Tensor;
    }
    start += count;
    return piece;
  });
}
