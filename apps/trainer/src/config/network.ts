import { AssayError } from '@assay/schema';
import { networkSpec, outputSize, type NetworkSpec } from '@assay/training';
import { describeFaults, type FaultContext } from './faults.ts';
import { expandBlocks } from './expand-blocks.ts';
import type { TrainingConfig } from './training-config.ts';

/**
 * The network of a configuration with its blocks written out.
 *
 * @param facts.input What goes in. @param facts.labels How many logits must come out.
 * @throws AssayError `invalid-configuration` for a layer that is not known or does not fit.
 */
export function buildNetwork(
  { network }: Pick<TrainingConfig, 'network'>,
  facts: { input: NetworkSpec['input']; labels: number },
  source: Pick<FaultContext, 'origins' | 'file'> = { origins: new Map(), file: 'configuration' },
): NetworkSpec {
  const { blocks } = network;
  const expanded = expandBlocks(network, facts.labels);
  const result = networkSpec.safeParse({ input: facts.input, layers: expanded });
  if (!result.success)
    throw new AssayError(
      'invalid-configuration',
      `The network${blocks ? ' (blocks written out)' : ''} is not valid:${describeFaults(result.error, {
        ...source,
        schema: networkSpec,
        at: ['network'],
      })
        .map((fault) => `\n  - ${fault}`)
        .join('')}`,
    );
  const size = outputSize(result.data);
  if (size !== facts.labels)
    throw new AssayError(
      'invalid-configuration',
      `network: the last layer gives ${size} logits for ${facts.labels} labels; write units: $labels.`,
    );
  return result.data;
}
