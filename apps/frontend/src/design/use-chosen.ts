import { useState } from 'react';

/**
 * What is chosen of a list, in the order of choosing. Of more than `most`, the first gives way.
 *
 * @returns ids, and what chooses one or lets go of it
 */
export function useChosen(most: number): readonly [chosen: readonly string[], toggle: (id: string) => void] {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-most));
  return [chosen, toggle];
}
