import { AssayError } from '@assay/schema';
import { loadConfig } from '../config/load-config.ts';
import type { ParameterSpec, Values } from './parameter.ts';
import type { SweepConfig } from './sweep-config.ts';

/**
 * Tries the ends of every range and every choice on the training configuration, so that a misspelt key or a value
 * that no run can have is found before the first one.
 *
 * @throws AssayError `invalid-configuration` that lists every fault.
 */
export function checkParameters({ base, settings, parameters }: SweepConfig): void {
  const faults = Object.entries(parameters).flatMap(([key, spec]) =>
    extremes(spec).flatMap((value) => {
      try {
        loadConfig(base, [...settings, settingOf(key, value)]);
        return [];
      } catch (error) {
        if (error instanceof AssayError)
          return [`parameters.${key} = ${JSON.stringify(value)}: ${error.message}`];
        throw error;
      }
    }),
  );
  if (faults.length > 0)
    throw new AssayError(
      'invalid-configuration',
      `The sweep does not fit ${base}:${faults.map((fault) => `\n  - ${fault.replaceAll('\n', '\n  ')}`).join('')}`,
    );
}

function extremes(spec: ParameterSpec): readonly Values[string][] {
  return spec.type === 'choice' ? spec.values : [spec.from, spec.to];
}

/** `key=value` as `assay train` takes it. */
export function settingOf(key: string, value: Values[string]): string {
  return `${key}=${JSON.stringify(value)}`;
}

/** What the training configuration itself has for the parameters, where the sweep could choose it. */
export function valueAt(config: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (place, part) =>
        typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[part] : undefined,
      config,
    );
}
