import { makeDriftReport } from '@assay/drift-report';
import type { FeatureRow } from '@assay/drift-statistics';
import { seededRandom, type Random } from '@assay/random';
import { simulatedWindow, type SimulatedWorld } from './simulated-window.ts';

/** Records of a changed world, to draw windows from. */
export interface Effect {
  readonly name: string;
  /** The records of one window of `size`. */
  draw(size: number, random: Random): FeatureRow[];
}

/** How often an effect is found. */
export interface DetectionRates {
  readonly effect: string;
  readonly sizes: readonly {
    readonly records: number;
    /** Shares of the windows. */
    readonly drifted: number;
    readonly insufficient: number;
  }[];
  /** The feature that the windows with drift rank first most often, of the largest windows that have any. */
  readonly first?: { readonly feature: string; readonly direction: string; readonly share: number };
}

export interface DetectionOptions {
  readonly world: SimulatedWorld;
  /** Records of the windows. */
  readonly sizes: readonly number[];
  /** Windows for each size. */
  readonly windows: number;
  readonly seed: number;
  /** Significance of a look. */
  readonly level: number;
  /** Simulated thresholds. */
  readonly cache: Map<string, number>;
  readonly onWindow?: () => void;
}

/** Draws windows of an effect with replacement and has each judged as drift-service would. */
export function detectionRates(effect: Effect, options: DetectionOptions): DetectionRates {
  const { world, sizes, windows, seed, level, cache, onWindow } = options;
  let first: DetectionRates['first'];
  const found = sizes.map((records) => {
    const verdicts = { stable: 0, drifted: 0, 'insufficient-data': 0 };
    const ranked = new Map<string, { feature: string; direction: string; count: number }>();
    for (let at = 0; at < windows; at++) {
      const random = seededRandom(seed, 'drift-simulate', effect.name, records, at);
      const { verdict, features } = makeDriftReport(simulatedWindow(world, effect.draw(records, random)), {
        alpha: { level, budget: level },
        now: new Date(0),
        cache,
      });
      verdicts[verdict]++;
      const [leader] = features;
      if (verdict === 'drifted' && leader !== undefined) {
        const { feature, direction } = leader;
        const count = (ranked.get(feature)?.count ?? 0) + 1;
        ranked.set(feature, { feature, direction, count });
      }
      onWindow?.();
    }
    const [best] = [...ranked.values()].sort((a, b) => b.count - a.count);
    if (best !== undefined)
      first = { feature: best.feature, direction: best.direction, share: best.count / verdicts.drifted };
    return {
      records,
      drifted: verdicts.drifted / windows,
      insufficient: verdicts['insufficient-data'] / windows,
    };
  });
  return { effect: effect.name, sizes: found, ...(first === undefined ? {} : { first }) };
}
