import { AssayError } from '@assay/schema';
import type { CamHead, HeadTerm } from './cam-head.ts';
import type { CellMap } from './cell-map.ts';
import { roundLike } from './rounding.ts';

/** A float32 output of the graph, row-major. */
export interface FeatureMaps {
  /** `[V, C, h, w]`. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The maps of one view, one for each term of the head. */
export type ViewActivation = readonly CellMap[];

/**
 * Class activation maps (Zhou et al. 2016, "Learning Deep Features for Discriminative Localization"), also for heads
 * that look at every place by itself: what each cell of the feature maps adds to `direction · logits`. Exact: for each
 * view, all cells of all maps and `direction · bias` sum to `direction · logits` of that view.
 *
 * @param maps the graph's outputs by name
 * @param direction a weight for each label: 1 for one and 0 for the others explains that label's logit
 * @throws AssayError `internal` where the maps do not fit the head
 */
export function classActivation(
  head: CamHead,
  maps: Readonly<Record<string, FeatureMaps>>,
  direction: ArrayLike<number>,
): ViewActivation[] {
  const terms = head.terms.map((term) => placeTerm(head, term, maps));
  const views = Math.min(...terms.map(({ map }) => map.shape[0]!));
  const weights = terms.map(({ term }) => combine(term, direction));
  return Array.from({ length: views }, (_, view) =>
    terms.map((place, index) => activate(place, weights[index]!, view)),
  );
}

/** A term with the map that it reads and the channel it begins at. */
interface PlacedTerm {
  readonly term: HeadTerm;
  readonly map: FeatureMaps;
  readonly first: number;
  readonly channels: number;
}

function placeTerm(head: CamHead, term: HeadTerm, maps: Readonly<Record<string, FeatureMaps>>): PlacedTerm {
  const map = maps[term.output];
  if (map?.shape.length !== 4) throw unfit(term, map);
  const places = map.shape[2]! * map.shape[3]!;
  const channelsOf = ({ kind, inputs }: HeadTerm) => (kind === 'pooled' ? inputs : inputs / places);
  const sizes = Array.from({ length: head.outputs.get(term.output) ?? 0 }, (_, part) =>
    channelsOf(head.terms.find((other) => other.output === term.output && other.part === part)!),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== map.shape[1]) throw unfit(term, map);
  const first = sizes.slice(0, term.part).reduce((sum, size) => sum + size, 0);
  return { term, map, first, channels: sizes[term.part]! };
}

function unfit(term: HeadTerm, map: FeatureMaps | undefined): AssayError {
  return new AssayError(
    'internal',
    `The head reads ${term.inputs} values of "${term.output}"; its shape is [${map?.shape.join(', ') ?? 'none'}].`,
  );
}

/** `direction · weights`, `[inputs]`. */
function combine({ weights, inputs }: HeadTerm, direction: ArrayLike<number>): Float64Array {
  const combined = new Float64Array(inputs);
  for (let label = 0; label < direction.length; label++) {
    const share = direction[label]!;
    if (share === 0) continue;
    for (let input = 0; input < inputs; input++)
      combined[input] = combined[input]! + share * weights[label * inputs + input]!;
  }
  return combined;
}

function activate({ term, map, first, channels }: PlacedTerm, weights: Float64Array, view: number): CellMap {
  const [, depth = 1, rows = 1, columns = 1] = map.shape;
  const places = rows * columns;
  const values = new Float64Array(places);
  const pooled = term.kind === 'pooled';
  for (let channel = 0; channel < channels; channel++) {
    const start = (view * depth + first + channel) * places;
    for (let place = 0; place < places; place++) {
      const weight = pooled
        ? weights[channel]! / places
        : weights[term.channels === 'last' ? place * channels + channel : channel * places + place]!;
      const seen = term.roundings.reduce(roundLike, map.data[start + place]!);
      values[place] = values[place]! + weight * seen;
    }
  }
  return { columns, rows, values };
}
