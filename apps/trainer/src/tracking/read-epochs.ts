import { existsSync, readFileSync } from 'node:fs';
import type { EpochRecord } from '@assay/training-runs';

/**
 * The epochs that `metrics.jsonl` tells of; none where there is no such file. What follows the last line break was
 * being written when the run was killed, and is left out.
 */
export function readEpochs(path: string): EpochRecord[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as EpochRecord);
}
