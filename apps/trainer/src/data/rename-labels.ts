import type { Listing } from './read-folders.ts';
import type { Listed } from './sample.ts';

/**
 * Gives every label the name that stands for it, as `{ '0': 'authentic', '1': 'ai-generated' }`; as it is where no
 * names are given. A label without a name is a fault.
 */
export function renameLabels<T extends Listed>(
  { samples, faults }: Listing<T>,
  names: Readonly<Record<string, string>> | undefined,
): Listing<T> {
  if (names === undefined) return { samples, faults };
  const unknown = samples.filter(({ label }) => !Object.hasOwn(names, label));
  return {
    samples: samples
      .filter(({ label }) => Object.hasOwn(names, label))
      .map((sample) => ({ ...sample, label: names[sample.label]! })),
    faults: [
      ...faults,
      ...unknown.map(
        ({ path, label }) =>
          `${path}: the label "${label}" is not one of data.labels: ${Object.keys(names).join(', ')}`,
      ),
    ],
  };
}
