import { useQuery } from '@tanstack/react-query';
import { predictionQuery } from '../api/queries.ts';
import type { Prediction } from '../api/types.ts';
import { bytes } from '../design/format.ts';
import { Card } from '../design/card.tsx';
import { QueryState } from '../design/query-state.tsx';
import { TabSet } from '../design/tab-set.tsx';
import type { Stages } from './ask.ts';
import { EvidencePanel } from './evidence-panel.tsx';
import { StabilityPanel } from './stability-panel.tsx';
import { AnswerFacts } from './answer-facts.tsx';
import { InputFacts } from './input-facts.tsx';
import { StageTimes } from './stage-times.tsx';

export interface ResultDetailsProps {
  readonly file: Blob;
  readonly answer: Prediction;
  readonly stages: Stages;
  /** Milliseconds that the person waited. */
  readonly tookMs: number;
}

/** What stands behind an answer. */
export function ResultDetails({ file, answer, stages, tookMs }: ResultDetailsProps) {
  return (
    <Card>
      <TabSet
        label="Behind the answer"
        tabs={[
          ...(answer.evidence === undefined
            ? []
            : [
                {
                  id: 'evidence',
                  title: evidenceTitle(answer.evidence.findings.length),
                  content: <EvidencePanel evidence={answer.evidence} />,
                },
              ]),
          ...(answer.stability === undefined
            ? []
            : [
                {
                  id: 'stability',
                  title: 'Stability',
                  content: <StabilityPanel stability={answer.stability} />,
                },
              ]),
          {
            id: 'time',
            title: 'Where the time went',
            content: <StageTimes stages={stages} tookMs={tookMs} />,
          },
          {
            id: 'input',
            title: 'The picture, measured',
            content: <Measured id={answer.id} file={file} />,
          },
          { id: 'answer', title: 'The answer', content: <AnswerFacts answer={answer} /> },
        ]}
      />
    </Card>
  );
}

/** @param count of findings */
function evidenceTitle(count: number): string {
  return count === 0 ? 'Evidence' : `Evidence (${count})`;
}

/** The log has the measurements. */
function Measured({ id, file }: { readonly id: string; readonly file: Blob }) {
  const prediction = useQuery(predictionQuery(id));
  return (
    <>
      <p className="figure-note">
        {file.type === '' ? 'A file' : file.type}, {bytes(file.size)}. What the model’s drift is watched by:
      </p>
      <QueryState query={prediction} label="The measurements are being fetched">
        {({ input }) => <InputFacts input={input} />}
      </QueryState>
    </>
  );
}
