import type { Picture } from './use-asks.ts';

/** What of a drop or a paste may be a picture: files, but those that say themselves that they are something else. */
export function picturesIn(data: Pick<DataTransfer, 'files'> | null): readonly Picture[] {
  return [...(data?.files ?? [])]
    .filter(({ type }) => !/^(text|audio|video|font)\//.test(type))
    .map((file) => ({ name: file.name, file }));
}
