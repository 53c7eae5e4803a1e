import { z } from 'zod';
import { measured } from './model-evaluation.ts';

const probability = z.number().min(0).max(1);

/** Ways to explain an answer; which of them a model offers depends on its input and on its head. */
export const explanationMethod = z.enum(['cam', 'occlusion', 'rise', 'contributions']);
export type ExplanationMethod = z.infer<typeof explanationMethod>;

/** Those of {@link explanationMethod} that give a map over an image. */
export const mapMethod = explanationMethod.exclude(['contributions']);
export type MapMethod = z.infer<typeof mapMethod>;

export const mapExplanation = z.strictObject({
  method: mapMethod,
  label: z.string().describe('What positive numbers speak for'),
  against: z.string().optional().describe('What negative numbers speak for, where the model has two labels'),
  meaning: z.string().describe('What one number of the grid says'),
  unit: z.enum(['logit', 'probability']),
  score: z
    .number()
    .describe(
      'What is explained: the logit of the label, less that of the other of two labels; or the probability of the label',
    ),
  grid: z
    .array(z.array(z.number()))
    .describe('Rows from the top of the upright image, each from the left; together they cover it evenly'),
  remainder: z
    .number()
    .optional()
    .describe(
      '`cam`: the part of the score that has no place; all numbers of the grid and it sum to the score',
    ),
  overlay: z
    .string()
    .describe(
      "PNG of the image's size as a data URL, to lay over the upright image; transparent where little speaks",
    ),
});
/** A map over the image: how much each place speaks for a label. */
export type MapExplanation = z.infer<typeof mapExplanation>;

export const contributionsExplanation = z.strictObject({
  method: z.literal('contributions'),
  label: z.string(),
  meaning: z.string(),
  baseline: probability.describe('Probability of the label where every feature has its training mean'),
  score: probability.describe('Probability of the label; the baseline and all contributions sum to it'),
  contributions: z
    .array(z.strictObject({ feature: z.string(), value: z.number(), contribution: z.number() }))
    .describe('The strongest first'),
  exact: z.boolean().describe('Over all subsets of the features; else over sampled orders of them'),
});
/** Shapley values of the probability of one label. */
export type ContributionsExplanation = z.infer<typeof contributionsExplanation>;

export const explanation = z.discriminatedUnion('method', [mapExplanation, contributionsExplanation]);
export type Explanation = z.infer<typeof explanation>;

const curves = z.strictObject({
  /** Cells in the order of the map, the strongest first. */
  map: measured,
  /** Cells in random order. */
  random: measured,
});

export const explanationFigures = z.strictObject({
  /** Images of the test part that were looked at. */
  images: z.int().min(1),
  /** Area under the probability of the prediction while cells of the photo are hidden one after another, 0 to 1. */
  deletion: curves,
  /** The same while they are shown one after another. */
  insertion: curves,
  /** Part of an image of another class is pasted in; left out where nothing spoke for that class. */
  patch: z
    .strictObject({
      /** Share of what speaks for the other class that lies inside, 0 to 1. */
      inside: measured,
      /** Share of the image that the patch takes: what `inside` would be by chance. */
      area: z.number().min(0).max(1),
    })
    .optional(),
});
/** How faithful the maps of a model are on its test part: deletion and insertion (Petsiuk et al. 2018), pasted patches. */
export type ExplanationFigures = z.infer<typeof explanationFigures>;

export const featureImportance = z.strictObject({ feature: z.string(), accuracyLost: measured });
/** What accuracy on the test part falls by where the values of one feature are shuffled (Breiman 2001). */
export type FeatureImportance = z.infer<typeof featureImportance>;

/** How a model's answers are explained by default, and what was found out about it. */
export const explanationSpec = z.strictObject({
  method: z.enum(['cam', 'occlusion', 'contributions', 'none']),
  figures: explanationFigures.optional(),
  /** Most important first; models of named numbers only. */
  importance: z.array(featureImportance).optional(),
});
export type ExplanationSpec = z.infer<typeof explanationSpec>;
