import { stringify } from 'yaml';

/** A system that is to be written down. */
export interface Recipe {
  name: string;
  /** Its data, relative to the working directory. */
  path: string;
}

/** The head of a training configuration. */
export function titled({ name: system }: Recipe): string {
  return `# First recipe of ${system}. Every key: apps/trainer/src/config/training-config.ts
name: ${system}
description: Not stated.`;
}

/** A text as YAML writes it in a line: quoted where it must be. */
export function name(text: string): string {
  return stringify(text, { lineWidth: 0 }).trim();
}

/** A list on one line. */
export function inline(values: readonly unknown[]): string {
  return stringify(values, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim();
}
