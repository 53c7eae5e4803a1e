import { Link } from 'wouter';
import { Card } from '../../design/card.tsx';
import { moment, percent, words } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { DriftReport } from '../watch-types.ts';

/** Records that are typical of the change. */
export function EvidenceList({ evidence }: { readonly evidence: DriftReport['evidence'] }) {
  return (
    <Card title="See for yourself">
      <p className="figure-note">
        Records that belong to this window rather than to the reference, the most typical first.
      </p>
      <ol className="watch-evidence">
        {evidence.map(({ id, time, typicality, reasons, prediction, confidence }) => (
          <li key={id}>
            <Link href={`~/result/${id}`}>{moment(time)}</Link>
            <span>
              {prediction !== undefined && (
                <>
                  <NameText>{words(prediction)}</NameText>
                  {confidence !== undefined && `, ${percent(confidence)}`}
                  {'. '}
                </>
              )}
              <NameText>{reasons.join('; ')}</NameText>
            </span>
            <span className="watch-faint">{percent(typicality)} typical</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
