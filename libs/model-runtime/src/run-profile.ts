import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '@assay/schema';

/** One operator of one run. Times in microseconds on the session's own clock. */
export interface OperatorTime {
  /** Name of the node; optimisations invent new ones for nodes that they put together. */
  readonly node: string;
  /** For example `Conv`; of a fused node the name that ONNX Runtime gives it. */
  readonly operator: string;
  readonly start: number;
  readonly duration: number;
  /** Sizes of inputs and outputs as they were in this run. */
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

/** One run of a session. Microseconds. */
export interface RunTime {
  readonly start: number;
  readonly duration: number;
  /** In the order in which they ran. */
  readonly operators: readonly OperatorTime[];
}

/** What a session did, from loading on. */
export interface RunProfile {
  /** Microseconds to read the model, and to rewrite it for this machine. */
  readonly load: { readonly read: number; readonly prepare: number };
  /** Every run, warm-up included, in order. */
  readonly runs: readonly RunTime[];
}

/** An event as ONNX Runtime writes it: Chrome's trace event format, times in microseconds. */
interface Event {
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args: { readonly op_name?: string; readonly [key: string]: unknown };
}

const kernel = '_kernel_time';

/**
 * Reads what a session with the option `profile` wrote when it closed.
 *
 * @param prefix the value of that option; exactly one session may have had it
 * @throws AssayError `not-found` where no session with it has been closed
 */
export async function readRunProfile(prefix: string): Promise<RunProfile> {
  const folder = dirname(prefix);
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${basename(prefix)}_`));
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw new AssayError(
      'not-found',
      `Expected one profile of a closed session at ${prefix}_*.json, found ${names.length}.`,
    );
  return parseRunProfile(await readFile(join(folder, name), 'utf8'));
}

/** As {@link readRunProfile}, from the content of the file. */
export function parseRunProfile(json: string): RunProfile {
  const events = (JSON.parse(json) as Event[]).toSorted((a, b) => a.ts - b.ts);
  const took = (names: readonly string[]) =>
    events
      .filter(({ cat, name }) => cat === 'Session' && names.includes(name))
      .reduce((sum, { dur }) => sum + dur, 0);
  const operators = events.filter(({ cat, name }) => cat === 'Node' && name.endsWith(kernel)).map(operatorOf);
  const runs = events.filter(({ cat, name }) => cat === 'Session' && name === 'model_run');
  return {
    load: {
      read: took(['model_loading_uri', 'model_loading_array']),
      prepare: took(['session_initialization']),
    },
    runs: runs.map(({ ts, dur }) => ({
      start: ts,
      duration: dur,
      operators: operators.filter(({ start }) => start >= ts && start < ts + dur),
    })),
  };
}

function operatorOf({ name, ts, dur, args }: Event): OperatorTime {
  return {
    node: name.slice(0, -kernel.length),
    operator: args.op_name ?? '',
    start: ts,
    duration: dur,
    inputs: shapesOf(args.input_type_shape),
    outputs: shapesOf(args.output_type_shape),
  };
}

/** `[{ "float": [1, 3] }, …]` as `[[1, 3], …]`. */
function shapesOf(value: unknown): number[][] {
  if (!Array.isArray(value)) return [];
  return (value as Record<string, number[]>[]).flatMap((typed) => Object.values(typed));
}
