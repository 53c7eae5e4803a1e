/**
 * Tells what is new from what came before, as far as it is remembered.
 *
 * @param kept how many are remembered
 * @returns whether an id is new
 */
export function createSeen(kept: number): (id: string) => boolean {
  const ids = new Set<string>();
  return (id) => {
    if (ids.has(id)) return false;
    ids.add(id);
    for (const oldest of ids) {
      if (ids.size <= kept) break;
      ids.delete(oldest);
    }
    return true;
  };
}
