import { z } from 'zod';
import { importProvenance, modelManifest, trainingProvenance } from './model-manifest.ts';

const { name, version, description, task, labels, positiveLabel, preprocessing, served } =
  modelManifest.shape;

export const servedModel = z.strictObject({
  name,
  version,
  variant: served.describe('The file that answers requests'),
  description,
  task,
  labels,
  positiveLabel: positiveLabel.describe('The label that `probability` speaks of, where there is one'),
  input: z.enum(['image', 'tabular']).describe('What the model takes'),
  default: z.boolean().describe('Whether this model answers requests that name none'),
  refused: z
    .strictObject({ version: version.optional(), reason: z.string() })
    .optional()
    .describe('The champion, where it failed its checks and an earlier version goes on answering'),
});
/** One line of `GET /models`. */
export type ServedModel = z.infer<typeof servedModel>;

export const modelList = z.strictObject({ models: z.array(servedModel) });
/** Answer of `GET /models`. */
export type ModelList = z.infer<typeof modelList>;

const { calibration, decision, scopeGate, variants, files, metrics, evaluation, explanation } =
  modelManifest.shape;

export const modelDetails = servedModel.extend({
  preprocessing,
  calibration,
  decision,
  scopeGate,
  variants,
  files: files.describe('What the package holds, with sizes and digests'),
  metrics,
  evaluation,
  explanation: explanation.describe('How its answers are explained by default, and how faithful that is'),
  training: trainingProvenance
    .pick({ dataset: true, startedAt: true, durationSeconds: true, seed: true, gitCommit: true })
    .optional()
    .describe('How it was trained, where it was trained here'),
  imported: importProvenance
    .omit({ kind: true, command: true })
    .optional()
    .describe('Where it comes from, where it was brought as an ONNX file'),
});
/** Answer of `GET /models/{name}`: what the manifest says to the outside. */
export type ModelDetails = z.infer<typeof modelDetails>;

export const modelVersions = z.strictObject({
  versions: z
    .array(
      z.strictObject({
        version,
        aliases: z.array(z.enum(['champion', 'challenger'])).describe('What stands for it'),
        served: z.boolean().describe('Whether it answers requests'),
      }),
    )
    .describe('The oldest first'),
});
/** Answer of `GET /models/{name}/versions`: what the registry has. */
export type ModelVersions = z.infer<typeof modelVersions>;
