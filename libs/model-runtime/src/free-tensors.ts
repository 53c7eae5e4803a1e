import type { Tensors } from './tensor.ts';

/**
 * Gives the memory of tensors back now instead of at some later garbage collection. A request's input is a megabyte and
 * more outside the heap, where the collector hardly sees it: left to it, dozens of them lie about in a busy thread.
 *
 * The tensors are empty afterwards, so the caller must own them. One that covers only a part of its buffer is left alone.
 */
export function freeTensors(tensors: Tensors): void {
  for (const name in tensors) {
    const { buffer, byteLength } = tensors[name]!.data;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !buffer.detached)
      buffer.transfer(0);
  }
}
