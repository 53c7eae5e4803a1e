import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createExplainer, overlayPng, type Explained, type HeatMap } from '@assay/explanation';
import { openClassifier } from '@assay/prediction';
import type { ContributionsExplanation, ExplanationMethod } from '@assay/schema';
import type { Output } from '../output.ts';
import { findPackage } from './find-package.ts';
import { readInputs } from './read-inputs.ts';

/** What `assay explain` was asked to do. */
export interface ExplainRequest {
  file: string;
  model: string;
  registries: readonly string[];
  method?: ExplanationMethod;
  label?: string;
  /** PNG to write; images only. */
  out?: string;
  signal: AbortSignal;
}

/**
 * Explains the answer to a file: an image gets a picture of the map on it, each row of features its contributions.
 *
 * @throws AssayError `invalid-query` for a method or label that the model does not have; else as `assay predict`
 */
export async function explain(request: ExplainRequest, output: Output): Promise<void> {
  const { file, method, label, signal } = request;
  const inputs = await readInputs(file);
  const model = await findPackage(request.model, request.registries);
  const classifier = await openClassifier(model, { workers: 1 });
  try {
    const explainer = createExplainer(model, classifier);
    const options = { signal, ...(method ? { method } : {}), ...(label === undefined ? {} : { label }) };
    for (const { name, input } of inputs) {
      const explained = await explainer.explain(input, options);
      const { answer } = explained.result;
      output.line(`${name}: ${answer.decision} (${answer.prediction} ${percent(answer.confidence)})`);
      const lines =
        explained.map === undefined
          ? contributionLines(explained.contributions)
          : await drawMap(explained, request.out ?? `${basename(file, extname(file))}.explained.png`);
      for (const line of lines) output.line(line);
    }
  } finally {
    await classifier.close();
  }
}

async function drawMap({ map, result }: Explained & { map: HeatMap }, out: string): Promise<string[]> {
  const signed = map.against !== undefined;
  const photo = result.image!;
  await writeFile(out, await overlayPng(map.map, { signed, photo, on: photo }));
  const sides = signed ? `orange speaks for ${map.label}, blue for ${map.against}` : `for ${map.label}`;
  return [`  ${map.method}: ${sides}; written to ${out}`];
}

function contributionLines({ label, baseline, contributions, score }: ContributionsExplanation): string[] {
  const width = Math.max(...contributions.map(({ feature }) => feature.length), 'training means'.length);
  const line = (name: string, value: string, points: string) =>
    `  ${name.padEnd(width)}  ${value.padStart(12)}  ${points.padStart(8)}`;
  return [
    line('training means', '', percent(baseline)),
    ...contributions.map(({ feature, value, contribution }) =>
      line(feature, String(Number(value.toPrecision(6))), signedPoints(contribution)),
    ),
    line(label, '', percent(score)),
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const signedPoints = (share: number) => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)}`;
