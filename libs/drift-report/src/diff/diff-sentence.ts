import type { DriftReport, DriftReportDiff, DriftVerdict } from '@assay/schema';
import { nameInSentence } from '../judge/name-in-sentence.ts';

/** Names that a sentence lists; the others are counted. */
const MOST_NAMES = 3;

const STATES: Readonly<Record<DriftVerdict, string>> = {
  stable: 'stable',
  drifted: 'drifted',
  'insufficient-data': 'without enough data',
};

/** What changed between two reports, as one plain sentence. */
export function diffSentence(
  before: DriftReport,
  { after, features }: { after: DriftReport; features: DriftReportDiff['features'] },
): string {
  if (before.id === after.id) return 'This is the same report twice.';
  const [was, is] = [STATES[before.verdict], STATES[after.verdict]];
  const state = was === is ? `Both windows are ${is}` : `From ${was} to ${is}`;
  const since = features.filter((one) => one.after === 'drifted' && one.before !== 'drifted');
  const gone = features.filter((one) => one.before === 'drifted' && one.after !== 'drifted');
  const moved = features.filter((one) => one.before === 'drifted' && one.after === 'drifted');
  const parts = [
    ...(since.length > 0 ? [`${names(since)} drifted since`] : []),
    ...(gone.length > 0 ? [`${names(gone)} no longer ${gone.length === 1 ? 'does' : 'do'}`] : []),
    ...(moved.length > 0 ? [`${names(moved)} moved on`] : []),
  ];
  const what = parts.length > 0 ? parts.join('; ') : 'no feature changed its verdict to or from drifted';
  return `${state}: ${what}${otherYardstick(before, after)}.`;
}

function names(features: DriftReportDiff['features']): string {
  const said = features.slice(0, MOST_NAMES).map(nameOf);
  const rest = features.length - said.length;
  if (rest > 0) said.push(rest === 1 ? 'one more' : `${rest} more`);
  return said.length === 1 ? said[0]! : `${said.slice(0, -1).join(', ')} and ${said.at(-1)!}`;
}

function nameOf({ feature, aspect }: DriftReportDiff['features'][number]): string {
  const name = nameInSentence(feature);
  return aspect === 'missing' ? `missing values of ${name}` : name;
}

/** What makes effects of the two differ though the world did not. */
function otherYardstick(before: DriftReport, after: DriftReport): string {
  if (before.model.version !== after.model.version)
    return ` (version ${before.model.version} before, ${after.model.version} after)`;
  return before.reference.digest === after.reference.digest ? '' : ' (each against a reference of its own)';
}
