import { AssayError } from '@assay/schema';
import { composeConfig } from './compose.ts';
import { describeFaults } from './faults.ts';
import { buildNetwork } from './network.ts';
import { applyOverrides } from './overrides.ts';
import { trainingConfig, type TrainingConfig } from './training-config.ts';

/**
 * Reads, composes, overrides and checks a training configuration, the network too.
 *
 * @param path YAML file.
 * @param settings `key=value` overrides with dotted keys.
 * @throws AssayError `invalid-configuration` that lists every fault with its key and where it was set.
 */
export function loadConfig(path: string, settings: readonly string[] = []): TrainingConfig {
  const { values, origins } = composeConfig(path);
  const chosen = applyOverrides(values, settings, origins);
  const result = trainingConfig.safeParse(chosen);
  if (!result.success)
    throw new AssayError(
      'invalid-configuration',
      `The configuration ${path} is not valid:${describeFaults(result.error, {
        schema: trainingConfig,
        origins,
        file: path,
      })
        .map((fault) => `\n  - ${fault}`)
        .join('')}`,
    );
  checkNetwork(result.data, { origins, file: path });
  return result.data;
}

/** Before the data is read: the number of features and labels may not be known yet, then any will do. */
function checkNetwork(config: TrainingConfig, source: Parameters<typeof buildNetwork>[2]): void {
  const { view, preprocessing, labels } = config;
  const channels = preprocessing?.normalise.mean.length ?? 1;
  const input = view
    ? ({ kind: 'image', width: view.width, height: view.height, channels } as const)
    : ({ kind: 'features', size: 1 } as const);
  if (labels !== undefined || usesLabels(config.network.layers))
    buildNetwork(config, { input, labels: labels?.length ?? 2 }, source);
}

/** Whether the last layer takes its size from the number of labels. */
function usesLabels(layers: readonly unknown[]): boolean {
  return JSON.stringify(layers.at(-1)).includes('$labels');
}
