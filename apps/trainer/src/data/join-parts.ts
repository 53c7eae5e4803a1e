import { splitNames, type Listed, type SplitName } from './sample.ts';
import type { Split } from './split.ts';

/** Some parts of a split as its training part, one after the other; the others are left as they are. */
export function joinParts<T extends Listed>(split: Split<T>, parts: readonly SplitName[]): Split<T> {
  const rest = (name: SplitName) => (parts.includes(name) ? [] : split[name]);
  return {
    train: splitNames.filter((name) => parts.includes(name)).flatMap((name) => split[name]),
    validation: rest('validation'),
    test: rest('test'),
    leaked: split.leaked,
  };
}
