import { z } from 'zod';
import { prediction } from './prediction.ts';
import { problemDocument } from './problem-document.ts';

const place = {
  index: z.int().min(0).describe('Position of the input in the request, from 0'),
  file: z.string().optional().describe('Name of the file, where one came with it'),
};

export const listedPrediction = prediction.extend(place);
/** The answer to one input of several. */
export type ListedPrediction = z.infer<typeof listedPrediction>;

export const listedProblem = z.strictObject({ ...place, problem: problemDocument });
/** Why one input of several has no answer. */
export type ListedProblem = z.infer<typeof listedProblem>;

export const predictionList = z.strictObject({
  results: z
    .array(z.union([listedPrediction, listedProblem]))
    .describe('One for each input, in their order: an answer, or the problem of this input'),
  answered: z.int().min(0).describe('How many inputs were answered'),
  refused: z.int().min(0).describe('How many were not'),
});
/** Answer to several inputs; one that cannot be answered does not keep the others from it. */
export type PredictionList = z.infer<typeof predictionList>;
