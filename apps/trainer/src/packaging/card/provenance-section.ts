import type { ImportProvenance } from '@assay/schema';
import type { FactsSection } from './card-section.ts';
import { bullets, paragraphs } from './markdown.ts';

/** How to make this package again. */
export const provenanceSection: FactsSection = ({ manifest: { provenance } }) =>
  provenance.kind === 'imported'
    ? imported(provenance)
    : paragraphs(
        '## How it was made',
        bullets([
          `Command: \`${provenance.command}\``,
          `Seed ${provenance.seed}; ${Math.round(provenance.durationSeconds)} s of training${provenance.refit ? ', both times together' : ''}; begun ${provenance.startedAt}`,
          ...(provenance.gitCommit === undefined ? [] : [`Commit \`${provenance.gitCommit}\``]),
          'The resolved configuration is in `manifest.json`.',
        ]),
      );

function imported({ command, importedAt, source, changes, agreement }: ImportProvenance): string {
  const { file, sha256, bytes, producer, producerVersion, opset } = source;
  const by = producer === undefined ? '' : `, written by ${[producer, producerVersion].join(' ').trim()}`;
  return paragraphs(
    '## Where it comes from',
    bullets([
      `Imported on ${importedAt.slice(0, 10)} from \`${file}\`, ${bytes} bytes, sha256 \`${sha256}\`${by}${opset === undefined ? '' : `, operator set ${opset}`}`,
      `Command: \`${command}\``,
      ...changes.map((change) => `Changed in the graph: ${change}`),
    ]),
    '## Does it answer as the original does?',
    agreement === undefined
      ? 'Not known: no inputs came with the outputs that the original gave. `golden.json` holds what this package gives, so that it goes on giving it.'
      : `Largest difference from the outputs that came with the model: ${agreement.largest.toExponential(1)} of the largest output ` +
          `(at most ${agreement.tolerance} is allowed), over ${inputs(agreement)}.`,
  );
}

function inputs({ whole, tensors }: NonNullable<ImportProvenance['agreement']>): string {
  const prepared = `${tensors} prepared tensor(s), which say nothing about the preparation of inputs`;
  if (tensors === 0) return `${whole} input(s) as they arrive`;
  return whole === 0 ? prepared : `${whole} input(s) as they arrive and ${prepared}`;
}
