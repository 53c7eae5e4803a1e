import type { Tensor, Tensors } from './tensor.ts';

/**
 * Makes tensors ready to be handed to another thread without a copy. A tensor that covers only part of its
 * buffer, or lies on shared memory, gets a buffer of its own first: transferring would take the rest along.
 *
 * @returns the tensors to post, and the buffers for the transfer list, each once
 */
export function transferable(sets: readonly Tensors[]): { sets: Tensors[]; buffers: ArrayBuffer[] } {
  const buffers = new Set<ArrayBuffer>();
  const own = (tensor: Tensor): Tensor => {
    const { buffer, byteLength } = tensor.data;
    const whole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
    const data = whole && !buffers.has(buffer) ? tensor.data : tensor.data.slice();
    buffers.add(data.buffer as ArrayBuffer);
    return { ...tensor, data } as Tensor;
  };
  const owned = sets.map((set) =>
    Object.fromEntries(Object.entries(set).map(([name, tensor]) => [name, own(tensor)])),
  );
  return { sets: owned, buffers: [...buffers] };
}
