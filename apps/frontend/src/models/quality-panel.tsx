import type { ModelDetails } from '../api/types.ts';
import { Notice } from '../design/notice.tsx';
import { DecisionFacts } from './decision-facts.tsx';
import { MetricTable } from './metric-table.tsx';
import { ReliabilityDiagram } from './reliability-diagram.tsx';
import { RiskCoverage } from './risk-coverage.tsx';

/** How often it is right, and whether its probabilities can be believed. */
export function QualityPanel({ model }: { readonly model: ModelDetails }) {
  const { evaluation, decision, metrics } = model;
  if (evaluation === undefined)
    return (
      <div className="models-panel">
        <Notice tone="warn" title="Few figures">
          <p>
            This package was made without labelled inputs, or before figures were kept with intervals. Measure it: npm
            run assay -- evaluate
          </p>
        </Notice>
        <MetricTable metrics={Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, { value }]))} />
      </div>
    );
  return (
    <div className="models-panel">
      <div className="models-pair">
        <ReliabilityDiagram evaluation={evaluation} />
        <RiskCoverage evaluation={evaluation} minimumConfidence={decision.minimumConfidence} />
      </div>
      <DecisionFacts model={model} evaluation={evaluation} />
      <MetricTable metrics={evaluation.metrics} />
    </div>
  );
}
