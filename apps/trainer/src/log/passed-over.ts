import type { PredictionLog, Window } from '@assay/prediction-log';
import type { Output } from '../output.ts';

/** Says what in a window was passed over, where there is something. */
export async function notePassedOver(log: PredictionLog, window: Window, output: Output): Promise<void> {
  const { tornLines, newerLines, newerObjects, damagedObjects } = await log.inspect(window);
  const parts = [
    tornLines > 0 ? `${tornLines} lines that are no events` : '',
    newerLines > 0 ? `${newerLines} events of a newer version` : '',
    newerObjects.length > 0 ? `objects of a newer release: ${newerObjects.join(', ')}` : '',
    damagedObjects.length > 0 ? `damaged objects: ${damagedObjects.join(', ')}` : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) output.note(`Passed over: ${parts.join('; ')}.`);
}
