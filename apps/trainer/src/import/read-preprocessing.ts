import { existsSync, readFileSync } from 'node:fs';
import { AssayError, preprocessingSpec, type PreprocessingSpec } from '@assay/schema';
import { parse } from 'yaml';
import { describeFaults } from '../config/faults.ts';
import { preprocessingPresets } from './preprocessing-presets.ts';

/**
 * A preprocessing spec from a preset's name or a YAML file. The file holds what `preprocessing` of a training configuration
 * holds, or `features`: for tables, names alone will do where the model takes values as they are.
 *
 * @throws AssayError `invalid-configuration` that lists every fault
 */
export function readPreprocessing(nameOrPath: string): PreprocessingSpec {
  const preset = preprocessingPresets[nameOrPath];
  if (preset !== undefined) return preset;
  if (!existsSync(nameOrPath))
    throw new AssayError(
      'invalid-configuration',
      `--preprocess: "${nameOrPath}" is neither a file nor a preset; presets are: ${Object.keys(preprocessingPresets).join(', ')}.`,
    );
  const result = preprocessingSpec.safeParse(complete(parseYaml(nameOrPath)));
  if (result.success) return result.data;
  const context = { schema: preprocessingSpec, origins: new Map(), file: nameOrPath };
  const faults = describeFaults(result.error, context).map((fault) => `\n  - ${fault}`);
  throw new AssayError(
    'invalid-configuration',
    `${nameOrPath} is not a preprocessing spec:${faults.join('')}`,
  );
}

function parseYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('invalid-configuration', `${path} is not valid YAML: ${reason}`, { cause });
  }
}

/** Fills in the kind, and mean 0 and deviation 1 of features that are only named. */
function complete(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return content;
  if (!('features' in content)) return { kind: 'image', ...content };
  const { features } = content;
  if (!Array.isArray(features)) return { kind: 'tabular', ...content };
  const named = features.map((feature: unknown) =>
    typeof feature === 'string' ? { name: feature, mean: 0, std: 1 } : feature,
  );
  return { kind: 'tabular', ...content, features: named };
}
