import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Variant } from '@assay/model-registry';
import { inputOf } from '@assay/prediction';
import { AssayError } from '@assay/schema';
import { findPackage } from '../commands/find-package.ts';
import { readInputs } from '../commands/read-inputs.ts';
import { loadConfig } from '../config/load-config.ts';
import { prepareData } from '../data/prepare-data.ts';
import type { Output } from '../output.ts';
import { describeProfile } from './describe-profile.ts';
import { flameGraph } from './flame-graph.ts';
import { frameOf } from './frame.ts';
import { profilePrediction } from './profile-prediction.ts';
import { profileStep } from './profile-step.ts';
import type { Profile } from './span.ts';
import { traceOf } from './trace.ts';

/** What `assay profile` was asked to do. */
export interface ProfileRequest {
  /** YAML file of a training configuration, or a model package. */
  subject: string;
  /** `key=value` changes to a configuration. */
  settings: readonly string[];
  registries: readonly string[];
  variant?: Variant | undefined;
  /** Files to predict; the package's golden inputs if there are none. */
  inputs: readonly string[];
  runs: number;
  /** Where the flame graph goes; `<state>/profiles/<name>.svg` if left out. */
  flame?: string | undefined;
  /** Where a Chrome trace goes, if one is wanted. */
  trace?: string | undefined;
  state: string;
}

/** Runs a training step or predictions many times and says where the time went. @returns What was measured. */
export async function profile(request: ProfileRequest, output: Output): Promise<Profile> {
  const isConfig = /\.ya?ml$/.test(request.subject);
  if (!isConfig && request.settings.length > 0)
    throw new AssayError(
      'invalid-configuration',
      `Only a configuration has settings; "${request.subject}" is a model. Received: ${request.settings.join(' ')}.`,
    );
  const result = isConfig ? await ofStep(request, output) : await ofPrediction(request);
  const frame = frameOf(result.unit, result.runs);
  for (const line of describeProfile(result, frame)) output.line(line);
  const name = result.subject.replaceAll(/[^A-Za-z0-9.@]+/g, '-').replace(/-$/, '');
  const flame = request.flame ?? join(request.state, 'profiles', `${name}.svg`);
  await writeInto(
    flame,
    flameGraph(frame, `${result.subject}: ${frame.duration.toFixed(2)} ms a ${result.unit}`),
  );
  output.note(`Flame graph: ${flame}`);
  if (request.trace !== undefined) {
    await writeInto(request.trace, traceOf(result));
    output.note(`Trace, for chrome://tracing or ui.perfetto.dev: ${request.trace}`);
  }
  return result;
}

async function ofStep({ subject, settings, runs, state }: ProfileRequest, output: Output): Promise<Profile> {
  const config = loadConfig(subject, settings);
  const data = await prepareData(config, { state, output });
  try {
    return await profileStep(config, data, { runs });
  } finally {
    await data.batches.close();
  }
}

async function ofPrediction(request: ProfileRequest): Promise<Profile> {
  const model = await findPackage(request.subject, request.registries);
  const read = await Promise.all(request.inputs.map((file) => readInputs(file)));
  const given = read.flat().map(({ input }) => input);
  const inputs = given.length > 0 ? given : model.golden.cases.map(inputOf);
  return profilePrediction(model, { inputs, runs: request.runs, variant: request.variant });
}

async function writeInto(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
