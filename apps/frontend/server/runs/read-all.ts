/** What could be read, in the order of the paths, and the paths of the rest: one damaged folder does not hide the others. */
export async function readAll<T>(
  paths: readonly string[],
  read: (path: string) => Promise<T>,
): Promise<{ read: T[]; unreadable: string[] }> {
  const results = await Promise.allSettled(paths.map(read));
  return {
    read: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    unreadable: paths.filter((_, at) => results[at]!.status === 'rejected'),
  };
}
