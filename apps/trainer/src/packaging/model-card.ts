import type { ModelManifest } from '@assay/schema';
import type { TrainingConfig } from '../config/training-config.ts';
import type { Evaluation } from '../metrics/evaluate-scores.ts';
import type { Assessment } from './assess.ts';

/** Longer lists of classes are left to the manifest. */
const classesShown = 30;

/** `MODEL_CARD.md`: what the model is, what it was made of, how good it is, and what it must not be used for. */
export function modelCard(
  manifest: Omit<ModelManifest, 'files'>,
  parts: { assessment: Assessment; card: TrainingConfig['card'] },
): string {
  const { assessment, card } = parts;
  const { provenance } = manifest;
  const positive = manifest.positiveLabel;
  const sections = [
    `# ${manifest.name} ${manifest.version}`,
    manifest.description,
    `Labels: ${listed(manifest.labels)}${positive === undefined ? '' : `. \`probability\` speaks of **${positive}**`}.`,
    '## Use',
    card.intendedUse,
    ...(card.notFor.length > 0 ? ['It must not be used:', bullets(card.notFor)] : []),
    '## Data',
    card.data,
    `Set \`${provenance.dataset.name}\`, sha256 over its files \`${provenance.dataset.digest}\`. ` +
      'The parts were made by the content of the files before anything was tuned; equal files are in one part.',
    countTable(manifest),
    '## Figures on the test part',
    'These inputs were seen neither in training nor in any choice. Intervals: 95 %, bootstrap.',
    metricTable(assessment.test),
    variantTable(assessment, manifest),
    ...(manifest.labels.length <= classesShown
      ? ['### By class', classTable(assessment.test, manifest.labels)]
      : []),
    ...(manifest.labels.length <= 12
      ? ['### Confusion', confusionTable(assessment.test, manifest.labels)]
      : []),
    '## Can the probabilities be believed?',
    `Temperature ${fixed(manifest.calibration.temperature)} and a bias per label were fitted on the validation part. ` +
      'How often answers of a given confidence were right on the test part:',
    reliabilityTable(assessment.test),
    '## When it does not answer',
    decisionText(assessment, manifest),
    '## How it was made',
    bullets([
      `Command: \`${provenance.command}\``,
      `Seed ${provenance.seed}; ${Math.round(provenance.durationSeconds)} s of training; begun ${provenance.startedAt}`,
      ...(provenance.gitCommit === undefined ? [] : [`Commit \`${provenance.gitCommit}\``]),
      'The resolved configuration is in `manifest.json`.',
    ]),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

function countTable({ labels, provenance }: Omit<ModelManifest, 'files'>): string {
  const { counts } = provenance.dataset;
  const names = Object.keys(counts);
  const total = (name: string) => Object.values(counts[name] ?? {}).reduce((sum, count) => sum + count, 0);
  const rows =
    labels.length <= classesShown
      ? labels.map((label) => [label, ...names.map((name) => counts[name]?.[label] ?? 0)])
      : [];
  return table(['', ...names], [...rows, ['**all**', ...names.map(total)]]);
}

function metricTable({ metrics, intervals, rows }: Evaluation): string {
  const lines = Object.entries(metrics).map(([name, value]) => {
    const interval = intervals[name];
    return [name, fixed(value), interval ? `${fixed(interval[0])} – ${fixed(interval[1])}` : ''];
  });
  return `${rows} inputs.\n\n${table(['metric', 'value', 'interval'], lines)}`;
}

function variantTable(
  { variants, served }: Assessment,
  { accuracyBudget }: Omit<ModelManifest, 'files'>,
): string {
  const lines = Object.entries(variants).map(([name, { accuracy, auroc }]) => [
    name === served ? `**${name}** (answers requests)` : name,
    fixed(accuracy),
    auroc === undefined ? '' : fixed(auroc),
  ]);
  const note = `INT8 is served if it loses at most ${fixed(100 * accuracyBudget, 1)} points of accuracy on the validation part.`;
  return `${table(['variant', 'accuracy', 'AUROC'], lines)}${lines.length > 1 ? `\n\n${note}` : ''}`;
}

function classTable({ classes }: Evaluation, labels: readonly string[]): string {
  return table(
    ['class', 'precision', 'recall', 'F1', 'inputs'],
    classes.map((one, index) => [
      labels[index] ?? '',
      fixed(one.precision),
      fixed(one.recall),
      fixed(one.f1),
      one.support,
    ]),
  );
}

function confusionTable({ confusion }: Evaluation, labels: readonly string[]): string {
  return table(
    ['true \\ answered', ...labels],
    confusion.map((line, index) => [labels[index] ?? '', ...line]),
  );
}

function reliabilityTable({ reliability }: Evaluation): string {
  const bins = reliability.filter((bin) => bin.count > 0);
  return table(
    ['confidence', 'inputs', 'mean confidence', 'right'],
    bins.map((bin) => [
      `${fixed(bin.from, 2)} – ${fixed(bin.to, 2)}`,
      bin.count,
      fixed(bin.confidence),
      fixed(bin.accuracy),
    ]),
  );
}

function decisionText(
  { band, answers, gate }: Assessment,
  { decision }: Omit<ModelManifest, 'files'>,
): string {
  const shown = band.reached
    ? 'On the validation part the answers above it were right as often as was asked for'
    : 'No limit reached the accuracy that was asked for on the validation part; this is the best that was found';
  return [
    `An answer whose highest probability is below ${fixed(decision.minimumConfidence)} is \`uncertain\`. ${shown} ` +
      `(${percent(band.accuracy)} right, ${percent(band.coverage)} of the inputs answered).`,
    gate
      ? `An input whose squared Mahalanobis distance from the training data is above ${fixed(gate.threshold, 1)} is ` +
        `\`out-of-scope\`; the limit keeps ${percent(gate.coverage)} of the validation part.`
      : '',
    `On the test part ${percent(answers.coverage)} of the inputs got an answer, and ${percent(answers.accuracy)} of those ` +
      `were right; ${percent(answers.insideScope)} were in scope.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const bullets = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');
const fixed = (value: number, digits = 3) => value.toFixed(digits);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function listed(labels: readonly string[]): string {
  const shown = labels.slice(0, classesShown).map((label) => `\`${label}\``);
  const rest = labels.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
