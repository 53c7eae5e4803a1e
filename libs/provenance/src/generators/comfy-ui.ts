import { present } from '../clean-text.ts';
import { fieldOf, type Field, type Metadata } from '../metadata/metadata.ts';
import { objectOf, parseObject, settingsOf, textIn, type FindMark, type Mark } from './mark.ts';

type Node = { readonly class_type?: unknown; readonly inputs?: unknown };

/**
 * ComfyUI: the graph that was run as JSON in the PNG text `prompt`, the graph as drawn in `workflow`. In WebP and JPEG they are
 * in EXIF Model and Make, after `prompt:` and `workflow:`.
 */
export const comfyUi: FindMark = (metadata) => {
  const found = graphOf(metadata);
  if (found === undefined) return undefined;
  const nodes = Object.values(found.graph)
    .map(objectOf)
    .filter((node) => node !== undefined);
  const inputsOf = (name: RegExp) =>
    objectOf(nodes.find(({ class_type: type }) => typeof type === 'string' && name.test(type))?.inputs);
  const sampler = inputsOf(/sampler/i) ?? {};
  const loader = inputsOf(/checkpoint.*loader|unetloader/i) ?? {};
  return present<Mark>({
    generator: 'ComfyUI',
    place: found.place,
    model: textIn(loader.ckpt_name) ?? textIn(loader.unet_name),
    prompt: promptOf(found.graph, sampler.positive),
    negativePrompt: promptOf(found.graph, sampler.negative),
    seed: textIn(sampler.seed) ?? textIn(sampler.noise_seed),
    settings: settingsOf(sampler, 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'),
  });
};

function graphOf(
  metadata: Metadata,
): { graph: Readonly<Record<string, unknown>>; place: string } | undefined {
  const places: readonly (readonly [Field | undefined, RegExp])[] = [
    [fieldOf(metadata, 'png', 'prompt'), /^/],
    [fieldOf(metadata, 'exif', 'Model'), /^prompt:\s*/i],
    [fieldOf(metadata, 'png', 'workflow'), /^/],
    [fieldOf(metadata, 'exif', 'Make'), /^workflow:\s*/i],
  ];
  for (const [field, prefix] of places) {
    if (field === undefined || !prefix.test(field.text)) continue;
    const graph = parseObject(field.text.replace(prefix, ''));
    if (graph !== undefined && isGraph(graph)) return { graph, place: field.place };
  }
  return undefined;
}

/** As it was run: an object of nodes with a class each; or as it was drawn: lists of nodes and links. */
function isGraph(graph: Readonly<Record<string, unknown>>): boolean {
  const isRun = Object.values(graph).some(
    (node) => typeof (objectOf(node) as Node | undefined)?.class_type === 'string',
  );
  return isRun || (Array.isArray(graph.nodes) && Array.isArray(graph.links));
}

/** The text of the node that an input is linked to, by `[node, output]`. One link is followed and no more. */
function promptOf(graph: Readonly<Record<string, unknown>>, link: unknown): string | undefined {
  const [id] = Array.isArray(link) ? (link as unknown[]) : [];
  if (typeof id !== 'string' || !Object.hasOwn(graph, id)) return undefined;
  const inputs = objectOf((objectOf(graph[id]) as Node | undefined)?.inputs);
  return textIn(inputs?.text);
}
