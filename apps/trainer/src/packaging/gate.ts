import type { ScopeGate, ScopeGateStatistics } from '@assay/schema';
import { squaredDistances } from '../calibration/scope-gate.ts';
import { scopeOutput } from '../calibration/transformation-gate.ts';
import type { ScoredExamples } from '../run/score-examples.ts';
import { gateFile } from './pack-gate.ts';

/** How distances are measured: from statistics of the embeddings, or by an ONNX model that gives them. */
export type GateMeasure =
  | { method: 'mahalanobis'; statistics: ScopeGateStatistics }
  | { method: 'transformations'; network: Uint8Array };

/** A measure, and from where on an input is out of scope. */
export type Gate = GateMeasure & { threshold: number; coverage: number };

/** How far examples are from the training data; `undefined` where the model did not give what it takes to tell. */
export function gateDistances(
  { embeddings, distances }: ScoredExamples,
  gate: GateMeasure,
): Float64Array | undefined {
  if (gate.method === 'transformations') return distances;
  return embeddings?.size ? squaredDistances(embeddings, gate.statistics) : undefined;
}

/** What a manifest says of a gate. */
export function describeGate(gate: Gate | undefined): { scopeGate?: ScopeGate } {
  if (gate === undefined) return {};
  const { threshold, coverage } = gate;
  const limit = { threshold, coverage };
  return {
    scopeGate:
      gate.method === 'mahalanobis'
        ? { method: gate.method, file: gateFile, ...limit }
        : { method: gate.method, output: scopeOutput, ...limit },
  };
}
