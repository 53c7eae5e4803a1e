import { ownNames } from './find.ts';
import type { GraphProto } from './messages.ts';

/** A tensor name that the graph does not have yet: `prefix`, or `prefix_2`, `prefix_3`, … */
export function freshName(graph: GraphProto, prefix: string): string {
  const taken = ownNames(graph);
  let name = prefix;
  for (let count = 2; taken.has(name); count++) name = `${prefix}_${count}`;
  return name;
}
