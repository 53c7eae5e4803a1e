import { milliseconds } from '../design/format.ts';
import type { Stages } from './ask.ts';

/** Stages in words; one that is not here is named as the service names it. */
const STAGES: Readonly<Record<string, string>> = {
  receive: 'Received',
  decode: 'Decoded',
  preprocess: 'Prepared',
  queue: 'Waited for its turn',
  inference: 'Looked at by the model',
  measure: 'Measured',
  evidence: 'Searched for evidence',
  stability: 'Changed and looked at again',
  postprocess: 'Put into words',
  explain: 'Explained',
  log: 'Remembered',
};

export interface StageTimesProps {
  readonly stages: Stages;
  /** What the person waited, milliseconds; absent where nobody did. */
  readonly tookMs?: number;
}

/** Where the time of an answer went. */
export function StageTimes({ stages, tookMs }: StageTimesProps) {
  const total = stages.find(({ name }) => name === 'total')?.ms;
  const parts = stages.filter(({ name }) => name !== 'total');
  const longest = Math.max(...parts.map(({ ms }) => ms), 0.01);
  return (
    <div className="ask-times">
      <ol className="ask-stages">
        {parts.map(({ name, ms }) => (
          <li key={name} className="ask-stage">
            <span>{STAGES[name] ?? name}</span>
            <span className="ask-stage-track" aria-hidden="true">
              <span className="ask-stage-fill" style={{ width: `${(ms / longest) * 100}%` }} />
            </span>
            <span className="ask-stage-time figures">{milliseconds(ms)}</span>
          </li>
        ))}
      </ol>
      <p className="figure-note">
        {total !== undefined && `${milliseconds(total)} in the service`}
        {tookMs !== undefined && `, ${milliseconds(tookMs)} from here and back`}.
      </p>
    </div>
  );
}
