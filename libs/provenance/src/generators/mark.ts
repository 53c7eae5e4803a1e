import type { GeneratorFinding } from '@assay/schema';
import type { Metadata } from '../metadata/metadata.ts';

/** What an image generator wrote, as it wrote it. */
export interface Mark extends Partial<
  Pick<GeneratorFinding, 'model' | 'prompt' | 'negativePrompt' | 'seed'>
> {
  readonly generator: string;
  readonly place: string;
  readonly settings?: readonly { readonly name: string; readonly value: string }[];
  /** `ai-edited` where the mark says that only a part was generated. */
  readonly origin?: 'ai-generated' | 'ai-edited';
}

/** Looks for the mark of one generator. Must not throw, whatever the texts hold. */
export type FindMark = (metadata: Metadata) => Mark | undefined;

/** Largest text that is parsed as JSON; workflows of hundreds of nodes have some 100 KB. */
const JSON_LENGTH = 2 ** 20;

/** A JSON object. @returns undefined where the text is none */
export function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined || text.length > JSON_LENGTH || !text.trimStart().startsWith('{')) return undefined;
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The value where it is an object. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** The value as text, where it is text or a number. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The settings that are there, by name. */
export function settingsOf(
  values: Readonly<Record<string, unknown>>,
  ...names: readonly string[]
): { name: string; value: string }[] {
  return names.flatMap((name) => {
    const value = textIn(values[name]);
    return value === undefined ? [] : [{ name, value }];
  });
}
