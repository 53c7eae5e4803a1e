import { feedbackRecordSchema, predictionRecordSchema } from '@assay/schema';
import { z } from 'zod';
import type { LogTopic } from './layout/log-object.ts';

/** What a column holds. A `map` is from text to numbers, `numbers` a list of them. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'map' | 'numbers';

/** A value of an event, and its name as a column. */
export interface LogColumn {
  /** The path below `data` in snake case: `model_name`, `answer_scores`. */
  readonly name: string;
  /** Members from the event down. */
  readonly path: readonly string[];
  readonly type: ColumnType;
}

/** Of the event itself, the same for each topic. */
const envelope: readonly LogColumn[] = [
  { name: 'id', path: ['id'], type: 'text' },
  { name: 'time', path: ['time'], type: 'time' },
  { name: 'source', path: ['source'], type: 'text' },
];

/** The type of the events of each topic that this release understands. */
export const eventTypeOf: Readonly<Record<LogTopic, string>> = {
  predictions: 'assay.prediction.made.v1',
  feedback: 'assay.feedback.given.v1',
};

/**
 * The columns of each topic, by name. They follow from the schema of the record: what is added there is a column here, in
 * DuckDB and in BigQuery.
 */
export const logColumns: Readonly<Record<LogTopic, ReadonlyMap<string, LogColumn>>> = {
  predictions: columnsOf(predictionRecordSchema),
  feedback: columnsOf(feedbackRecordSchema),
};

/** What the latest feedback adds to the columns of a prediction. */
export const feedbackColumns: readonly { name: string; from: string; type: ColumnType }[] = [
  { name: 'feedback_label', from: 'label', type: 'text' },
  { name: 'feedback_time', from: 'time', type: 'time' },
];

/** The part of JSON Schema that the records use. */
interface JsonSchema {
  type?: string;
  format?: string;
  properties?: Record<string, JsonSchema>;
  oneOf?: JsonSchema[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
}

function columnsOf(record: z.ZodType): ReadonlyMap<string, LogColumn> {
  const columns = new Map(envelope.map((column) => [column.name, column]));
  for (const { path, type } of leaves(z.toJSONSchema(record) as JsonSchema, ['data'])) {
    const name = path
      .slice(1)
      .map((member) => member.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
      .join('_');
    // `id` and `time` of the record are those of the event.
    if (!columns.has(name)) columns.set(name, { name, path, type });
  }
  return columns;
}

function* leaves(schema: JsonSchema, path: string[]): Generator<{ path: string[]; type: ColumnType }> {
  const { type, format, properties, oneOf, additionalProperties, items } = schema;
  if (oneOf) for (const option of oneOf) yield* leaves(option, path);
  else if (properties)
    for (const [name, member] of Object.entries(properties)) yield* leaves(member, [...path, name]);
  else if (typeof additionalProperties === 'object') yield { path, type: 'map' };
  else if (items) yield { path, type: 'numbers' };
  else if (type === 'integer' || type === 'number' || type === 'boolean') yield { path, type };
  else yield { path, type: format === 'date-time' ? 'time' : 'text' };
}
