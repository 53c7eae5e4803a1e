import type { ProfiledRun } from './span.ts';

/** A part of a run and the parts it consists of, as means over all runs. */
export interface Frame {
  readonly name: string;
  /** Milliseconds a run. */
  readonly duration: number;
  /** How often in a run. */
  readonly calls: number;
  /** In the order in which they first began. */
  readonly children: readonly Frame[];
}

interface Node {
  name: string;
  /** Sum of the spans at this very path. */
  own: number;
  calls: number;
  children: Map<string, Node>;
}

/**
 * Puts spans of the same path together. A part without a span of its own takes as long as its parts.
 *
 * @param runs at least one
 */
export function frameOf(name: string, runs: readonly ProfiledRun[]): Frame {
  const root = newNode(name);
  for (const { path, duration } of runs.flat()) {
    let node = root;
    for (const part of path) {
      const child = node.children.get(part) ?? newNode(part);
      node.children.set(part, child);
      node = child;
    }
    node.own += duration;
    node.calls++;
  }
  return finish(root, runs.length);
}

function newNode(name: string): Node {
  return { name, own: 0, calls: 0, children: new Map() };
}

function finish({ name, own, calls, children }: Node, runs: number): Frame {
  const parts = [...children.values()].map((child) => finish(child, runs));
  const sum = (value: (part: Frame) => number) => parts.reduce((total, part) => total + value(part), 0);
  return calls === 0
    ? { name, duration: sum((part) => part.duration), calls: sum((part) => part.calls), children: parts }
    : { name, duration: own / runs, calls: calls / runs, children: parts };
}
