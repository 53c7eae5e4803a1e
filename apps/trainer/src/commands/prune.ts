import { pruneSpec } from '@assay/training';
import type { CommandContext } from '../command-context.ts';
import { loadConfig } from '../config/load-config.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { train, type TrainResult } from './train.ts';

/** What `assay prune` was asked to do. */
export interface PruneRequest {
  /** Folder of the run whose best weights are pruned. */
  run: string;
  /** `key=value`: keys of `prune`, with or without that word before them, and of the configuration. */
  settings: readonly string[];
  pack: boolean;
  state: string;
}

/** Of the learning rate and of the epochs that the network was trained with, for training on. */
const share = { learningRate: 0.3, epochs: 0.3 };

/**
 * Trains a pruned copy of a network by the recipe of its run, from its best weights, in fewer and smaller steps. The package
 * becomes `challenger`.
 */
export async function prune(
  request: PruneRequest,
  context: Pick<CommandContext, 'output' | 'signal'>,
): Promise<TrainResult> {
  const file = openRunFolder(request.run).file('config.yaml');
  const given = request.settings.map(namePrune);
  const settings = [...defaultsFrom(loadConfig(file)), ...given, `prune.from=${JSON.stringify(request.run)}`];
  return train({ config: file, settings, pack: request.pack, state: request.state }, context);
}

/** `sparsity=0.5` as `prune.sparsity=0.5`. */
function namePrune(setting: string): string {
  return Object.keys(pruneSpec.shape).some((key) => setting.startsWith(`${key}=`))
    ? `prune.${setting}`
    : setting;
}

/** Settings that those of the user come after. */
function defaultsFrom({ epochs, schedule, version }: TrainingConfig): string[] {
  return [
    'refit=none',
    `epochs=${Math.max(1, Math.round(share.epochs * epochs))}`,
    `schedule.learningRate=${Number((share.learningRate * schedule.learningRate).toPrecision(3))}`,
    ...(version === undefined ? [] : [`version=${JSON.stringify(`${version}-pruned`)}`]),
  ];
}
