import { existsSync, readFileSync } from 'node:fs';
import { AssayError } from '@assay/schema';

/**
 * Labels in the order of the model's scores: a text file with one a line, a JSON file with a list, or a list with commas.
 *
 * @throws AssayError `invalid-configuration` for fewer than two, an empty one, or one that comes twice
 */
export function readLabels(given: string): string[] {
  const labels = parseLabels(given);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  const fault =
    labels.length < 2
      ? `expected at least two labels, received ${labels.length}${given.includes(',') ? '' : '; is there such a file?'}`
      : labels.includes('')
        ? `label ${labels.indexOf('') + 1} is empty`
        : twice === undefined
          ? undefined
          : `"${twice}" comes twice`;
  if (fault === undefined) return labels;
  throw new AssayError('invalid-configuration', `--labels ${given}: ${fault}.`);
}

function parseLabels(given: string): string[] {
  if (!existsSync(given)) return given.split(',').map((label) => label.trim());
  const text = readFileSync(given, 'utf8').replace(/^\uFEFF/, '');
  if (given.endsWith('.json')) {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list))
      throw new AssayError('invalid-configuration', `${given}: expected a list of labels.`);
    return list.map((label) => String(label).trim());
  }
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((label) => label.trim());
}
