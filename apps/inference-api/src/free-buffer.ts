/**
 * Gives the memory of a large array back now instead of at some later garbage collection. Decoded pixels are a
 * megabyte and more a request, outside the heap; left to the collector they make it run all the time, which cost as
 * much as the model.
 *
 * The array is empty afterwards. One that shares its memory with others, such as a small `Buffer` of Node's pool, is
 * left alone.
 */
export function freeBuffer(array: Uint8Array): void {
  const { buffer } = array;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === array.byteLength && !buffer.detached)
    buffer.transfer(0);
}
