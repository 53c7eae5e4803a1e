import { betterEnd } from '@assay/training-runs';
import { parallelCoordinates, type Coordinate } from '../charts/parallel-coordinates.ts';
import type { ParameterSpec } from './parameter.ts';
import type { SweepReport } from './sweep-report.ts';
import { shortNames } from './sweep-table.ts';

/** The trials that have a result as lines across an axis for each parameter, the metric the last. @returns SVG. */
export async function drawSweep(
  { name, metric, trials }: Pick<SweepReport, 'name' | 'metric' | 'trials'>,
  parameters: Readonly<Record<string, ParameterSpec>>,
): Promise<string> {
  const keys = Object.keys(parameters);
  const names = shortNames(keys);
  const coordinate = (value: unknown): Coordinate =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Coordinate);
  return await parallelCoordinates({
    title: `Sweep ${name}`,
    description: `Sweep ${name}: ${names.join(', ')} and ${metric} on validation of ${trials.length} trials`,
    better: betterEnd(metric),
    dimensions: [
      ...keys.map((key, index) => ({ name: names[index]!, scale: scaleOf(parameters[key]!) })),
      { name: metric },
    ],
    trials: trials
      .filter(({ value }) => value !== null)
      .map(({ values, value }) => ({ values: [...keys.map((key) => coordinate(values[key])), value] })),
  });
}

function scaleOf(spec: ParameterSpec): 'linear' | 'log' {
  return spec.type === 'log-uniform' || (spec.type === 'int' && spec.log) ? 'log' : 'linear';
}
