import type { ModelDetails } from '../api/types.ts';
import { ClassTable } from './class-table.tsx';
import { ConfusionMatrix } from './confusion-matrix.tsx';

export interface ClassesPanelProps {
  readonly evaluation: NonNullable<ModelDetails['evaluation']>;
  readonly labels: readonly string[];
}

/** What is taken for what, and how well each label is known. */
export function ClassesPanel({ evaluation, labels }: ClassesPanelProps) {
  return (
    <div className="models-panel">
      <ConfusionMatrix matrix={evaluation.confusion} labels={labels} />
      <ClassTable classes={evaluation.classes} />
    </div>
  );
}
