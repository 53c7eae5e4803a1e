import { AssayError } from '@assay/schema';
import { isMap, type ConfigMap } from './merge.ts';

/** Values that `$name` stands for. */
type Parameters = Readonly<Record<string, unknown>>;

/**
 * Writes out the named blocks of a network. A layer entry `{ block: stage, channels: 32, repeat: 2 }` is
 * replaced by the layers of `blocks.stage`, twice, with every `$channels` in them replaced by 32. Blocks may
 * use blocks. `$labels` is the number of labels everywhere.
 *
 * @param network `{ blocks?: { name: layers }, layers }` as read from YAML.
 * @returns The layers without blocks, not yet checked by the schema of layers.
 * @throws AssayError `invalid-configuration` for an unknown block, a missing parameter or a block inside itself.
 */
export function expandBlocks(
  network: { blocks?: ConfigMap; layers: readonly unknown[] },
  labels: number,
): unknown[] {
  return expandList(network.layers, { blocks: network.blocks ?? {}, parameters: { labels }, trail: [] });
}

interface Scope {
  blocks: ConfigMap;
  parameters: Parameters;
  trail: readonly string[];
}

function expandList(layers: readonly unknown[], scope: Scope): unknown[] {
  return layers.flatMap((layer) => {
    if (!isMap(layer) || layer.block === undefined) return [expandValue(layer, scope)];
    const { block, repeat = 1, ...given } = expandPlain(layer, scope.parameters) as ConfigMap;
    const content = scope.blocks[String(block)];
    if (!Array.isArray(content))
      throw invalid(
        `block "${String(block)}" is not defined; blocks are: ${Object.keys(scope.blocks).join(', ')}.`,
      );
    if (scope.trail.includes(String(block))) throw invalid(`block "${String(block)}" contains itself.`);
    if (!Number.isInteger(repeat) || Number(repeat) < 1)
      throw invalid(`block "${String(block)}": "repeat" must be a whole number of at least 1.`);
    const inner = {
      blocks: scope.blocks,
      parameters: { labels: scope.parameters.labels, ...given },
      trail: [...scope.trail, String(block)],
    };
    return Array.from({ length: Number(repeat) }, () => expandList(content, inner)).flat();
  });
}

/** A layer, whose lists of layers (`layers`, `shortcut`) may hold blocks again. */
function expandValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return expandList(value, scope);
  if (!isMap(value)) return expandPlain(value, scope.parameters);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandValue(item, scope)]));
}

function expandPlain(value: unknown, parameters: Parameters): unknown {
  if (Array.isArray(value)) return value.map((item) => expandPlain(item, parameters));
  if (isMap(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, expandPlain(item, parameters)]),
    );
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  const name = value.slice(1);
  if (name in parameters) return parameters[name];
  throw invalid(`"${value}" has no value; known here: ${Object.keys(parameters).join(', ')}.`);
}

function invalid(detail: string): AssayError {
  return new AssayError('invalid-configuration', `network: ${detail}`);
}
