import { Link } from 'wouter';
import { Badge, type Tone } from '../../design/badge.tsx';
import { bytes, milliseconds, percent, words } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { LivePrediction } from './live-list.ts';

/** Decisions that are none. */
const DECISION_TONES: Readonly<Record<string, Tone>> = { uncertain: 'warn', 'out-of-scope': 'warn' };

/** One prediction in a line. */
export function LiveRow({ prediction }: { readonly prediction: LivePrediction }) {
  const { id, time, model, answer, code, input, client, stages } = prediction;
  const decision = answer?.decision;
  return (
    <tr className="watch-live-row">
      <td>
        <Link href={`~/result/${id}`}>
          <time dateTime={time}>{new Date(time).toLocaleTimeString()}</time>
        </Link>
      </td>
      <td>
        <NameText>{model?.name ?? '–'}</NameText>
      </td>
      <td>
        {decision === undefined ? (
          <Badge tone="bad">{code ?? 'no answer'}</Badge>
        ) : (
          <span className={`watch-decision tone-${DECISION_TONES[decision] ?? 'plain'}`}>
            <NameText>{words(decision)}</NameText>
          </span>
        )}
      </td>
      <td className="number">{answer === undefined ? '' : percent(answer.confidence)}</td>
      <td className="number">{stages.total === undefined ? '' : milliseconds(stages.total)}</td>
      <td>{input === undefined ? '' : inputWords(input)}</td>
      <td>
        <NameText>{client ?? ''}</NameText>
      </td>
    </tr>
  );
}

function inputWords(input: NonNullable<LivePrediction['input']>): string {
  if (input.kind === 'tabular') return `${Object.keys(input.features ?? {}).length} numbers`;
  const size = input.width === undefined ? '' : `${input.width} × ${input.height}, `;
  return `${size}${input.format ?? 'unknown'}, ${bytes(input.bytes)}`;
}
