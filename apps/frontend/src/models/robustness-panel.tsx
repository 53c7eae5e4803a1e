import type { ModelDetails } from '../api/types.ts';
import { RobustnessTable } from './robustness-table.tsx';
import { SliceTable } from './slice-table.tsx';

/** What wear and tear does to the answers, and where the model is weak. */
export function RobustnessPanel({ evaluation }: { readonly evaluation: NonNullable<ModelDetails['evaluation']> }) {
  const { robustness, slices } = evaluation;
  return (
    <div className="models-panel">
      {robustness === undefined ? (
        <p>
          It was not measured under corruptions: there are some for pictures only, and <code>robustness: null</code>{' '}
          leaves them out.
        </p>
      ) : (
        <RobustnessTable robustness={robustness} />
      )}
      {slices.length === 0 ? (
        <p>
          No parts of the test part were looked at; <code>slices</code> of the configuration names properties to cut it
          by.
        </p>
      ) : (
        <SliceTable slices={slices} />
      )}
    </div>
  );
}
