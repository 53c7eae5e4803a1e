import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AssayError } from '@assay/schema';
import {
  initialState,
  maskedState,
  networkSpec,
  stateOf,
  tensorLayout,
  transferWeights,
  weightsOf,
  type PlacedTensor,
  type TrainingState,
} from '@assay/training';
import { readProgress, readState } from './checkpoint.ts';
import { openRunFolder } from './run-folder.ts';
import { report, type TrainingSession } from './training-session.ts';

/** File of a run folder with the network in full. */
export const networkFile = 'network.json';

/**
 * The state before the first step: fresh weights, or those of another run wherever its network has a tensor of
 * the same name and shape, except in the last layer.
 *
 * @throws AssayError `invalid-configuration` if nothing fits.
 */
export async function startingState(session: TrainingSession): Promise<TrainingState> {
  const { config, network } = session;
  const average = config.ema !== undefined;
  const fresh = initialState({ network, optimiser: config.optimiser, average, seed: config.seed });
  if (config.prune !== undefined) return stateToPrune(session, config.prune.from);
  if (config.pretrain === undefined) return fresh;
  const source = await readPretrained('pretrain', config.pretrain.from);
  const { weights, transferred } = transferWeights(source, { network, weights: weightsOf(fresh) });
  if (transferred === 0)
    throw new AssayError(
      'invalid-configuration',
      `pretrain.from: no layer of ${config.pretrain.from} has the place and shape of one in this network.`,
    );
  await report(session, `Starting from ${transferred} tensors of ${config.pretrain.from}.`);
  return stateOf(weights, { optimiser: config.optimiser, average });
}

/** The weights of another run in full, none of them taken away yet. */
async function stateToPrune({ config, network }: TrainingSession, from: string): Promise<TrainingState> {
  const source = await readPretrained('prune', from);
  const { parameterCount, parameters } = tensorLayout(network);
  const shapes = (tensors: readonly PlacedTensor[]) =>
    tensors.map(({ name, shape }) => `${name} ${shape.join('×')}`);
  if (shapes(parameters).join() !== shapes(tensorLayout(source.network).parameters).join())
    throw new AssayError(
      'invalid-configuration',
      `prune.from: the network of ${from} is not that of this configuration; take the configuration of that run.`,
    );
  const state = stateOf(source.weights, { optimiser: config.optimiser, average: config.ema !== undefined });
  return maskedState(state, new Float32Array(parameterCount).fill(1));
}

/** @param from Folder of a run (its best checkpoint is taken) or a checkpoint file in it. */
async function readPretrained(key: 'pretrain' | 'prune', from: string) {
  if (!existsSync(from))
    throw new AssayError(
      'invalid-configuration',
      `${key}.from: there is no run folder or checkpoint at ${from}.`,
    );
  const isFile = statSync(from).isFile();
  const run = openRunFolder(isFile ? dirname(from) : from);
  const progress = await readProgress(run);
  const stateFile = isFile ? basename(from) : (progress?.best?.stateFile ?? progress?.stateFile);
  if (stateFile === undefined)
    throw new AssayError('invalid-configuration', `${key}.from: ${from} has no checkpoint yet.`);
  const network = networkSpec.parse(JSON.parse((await run.read(networkFile)).toString('utf8')));
  return { network, weights: weightsOf(await readState(run, stateFile)) };
}
