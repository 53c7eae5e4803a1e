import type { ModelDetails } from '../api/types.ts';
import { number } from '../design/format.ts';
import { exactPercent } from './figure-text.ts';

export interface DecisionFactsProps {
  readonly model: ModelDetails;
  readonly evaluation: NonNullable<ModelDetails['evaluation']>;
}

const GATE_WORDS = {
  mahalanobis: 'squared Mahalanobis distance',
  transformations: 'by a network that knows how its images are arranged',
};

/** When it answers, and when it had rather not. */
export function DecisionFacts({ model, evaluation: { decisions } }: DecisionFactsProps) {
  const { calibration, decision, scopeGate } = model;
  return (
    <section className="models-part">
      <h3>When it answers</h3>
      <dl className="facts">
        <dt>Uncertain below</dt>
        <dd>{exactPercent(decision.minimumConfidence)} confidence</dd>
        <dt>Answered</dt>
        <dd>
          {exactPercent(decisions.answered)} of the test part; {exactPercent(decisions.accuracy)} of these were right
        </dd>
        {scopeGate !== undefined && (
          <>
            <dt>Out of scope</dt>
            <dd>
              {exactPercent(1 - decisions.insideScope)} of the test part: further than {number(scopeGate.threshold)} (
              {GATE_WORDS[scopeGate.method]}) from what it was trained on
            </dd>
          </>
        )}
        <dt>Calibration</dt>
        <dd>temperature {number(calibration.temperature)} and a bias for each label, fitted on the validation part</dd>
      </dl>
    </section>
  );
}
