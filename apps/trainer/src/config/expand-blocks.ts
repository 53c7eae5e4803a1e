import { AssayError } from '@assay/schema';
import { isMap, type ConfigMap } from './merge.ts';

/** Values that `$name` stands for. */
type Parameters = Readonly<Record<string, unknown>>;

/**
 * Writes out the named blocks of a network. A layer entry `{ block: stage, channels: 32, repeat: 2 }` is
 * replaced by the layers of `blocks.stage`, twice, with every `$channels` in them replaced by 32;
 * `{ block: stage, forEach: { channels: [32, 64] } }` by those layers once for each value. Blocks may
 * use blocks. `$labels` is the number of labels and `$name` the network's parameter of that name everywhere,
 * unless a block is given another value of that name.
 *
 * @param network `{ parameters?: { name: value }, blocks?: { name: layers }, layers }` as read from YAML.
 * @returns The layers without blocks, not yet checked by the schema of layers.
 * @throws AssayError `invalid-configuration` for an unknown block, a missing parameter or a block inside itself.
 */
export function expandBlocks(
  network: {
    parameters?: Parameters | undefined;
    blocks?: ConfigMap | undefined;
    layers: readonly unknown[];
  },
  labels: number,
): unknown[] {
  const shared = { ...network.parameters, labels };
  return expandList(network.layers, { blocks: network.blocks ?? {}, shared, parameters: shared, trail: [] });
}

interface Scope {
  blocks: ConfigMap;
  /** Known everywhere. */
  shared: Parameters;
  /** Known here: those of the block on top of the shared ones. */
  parameters: Parameters;
  trail: readonly string[];
}

function expandList(layers: readonly unknown[], scope: Scope): unknown[] {
  return layers.flatMap((layer) => {
    if (!isMap(layer) || layer.block === undefined) return [expandValue(layer, scope)];
    const { block, repeat = 1, forEach = {}, ...given } = expandPlain(layer, scope.parameters) as ConfigMap;
    const content = scope.blocks[String(block)];
    if (!Array.isArray(content))
      throw invalid(
        `block "${String(block)}" is not defined; blocks are: ${Object.keys(scope.blocks).join(', ')}.`,
      );
    if (scope.trail.includes(String(block))) throw invalid(`block "${String(block)}" contains itself.`);
    if (!Number.isInteger(repeat) || Number(repeat) < 1)
      throw invalid(`block "${String(block)}": "repeat" must be a whole number of at least 1.`);
    return settingsOf(String(block), forEach).flatMap((each) => {
      const inner = {
        ...scope,
        parameters: { ...scope.shared, ...given, ...each },
        trail: [...scope.trail, String(block)],
      };
      return Array.from({ length: Number(repeat) }, () => expandList(content, inner)).flat();
    });
  });
}

/** `{ channels: [32, 64], rate: [0.1, 0.2] }` as one set of parameters after another. */
function settingsOf(block: string, forEach: unknown): Parameters[] {
  const lists = isMap(forEach) ? Object.entries(forEach) : [];
  const [length = 1, ...others] = lists.map(([, list]) => (Array.isArray(list) ? list.length : NaN));
  if (!isMap(forEach) || !Number.isFinite(length) || others.some((other) => other !== length))
    throw invalid(
      `block "${block}": "forEach" must hold lists of equal length, such as { channels: [32, 64] }.`,
    );
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(lists.map(([name, list]) => [name, (list as unknown[])[index]])),
  );
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
