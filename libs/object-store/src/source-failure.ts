/** The source of some content failed, not the store that was to keep it: `cause` is its error. */
export class SourceFailure extends Error {}

/** The same content; tells errors of the source from those of the store, and shows every chunk to `look`. */
export async function* watchSource(
  content: AsyncIterable<Uint8Array>,
  look: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of content) {
      look(chunk);
      yield chunk;
    }
  } catch (cause) {
    throw new SourceFailure('The source of the content failed.', { cause });
  }
}
