import { Card } from '../../design/card.tsx';
import { milliseconds, percent } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { DriftReport } from '../watch-types.ts';
import { windowText } from './window-text.ts';

/** What made the numbers, apart from the world. */
export function PipelineFacts({ report }: { readonly report: DriftReport }) {
  const { records, reference, alpha, pipeline, seasonal, cost } = report;
  return (
    <Card title="Small print">
      <dl className="facts">
        <dt>Records</dt>
        <dd>
          {records.answered.toLocaleString('en-GB')} answered, {records.refused} refused, {records.failed}{' '}
          failed, {records.cancelled} cancelled
          {records.passedOver > 0 && `; ${records.passedOver} could not be read`}
        </dd>
        <dt>Reference</dt>
        <dd>
          {reference.inputs.toLocaleString('en-GB')} inputs of the test part,{' '}
          <code>{reference.digest.slice(0, 12)}</code>
        </dd>
        <dt>Level</dt>
        <dd>
          {percent(alpha.level)} false alarms for this look, out of {percent(alpha.budget)} for its week
        </dd>
        <dt>Pipeline</dt>
        <dd>
          {pipeline.changes.length === 0 ? (
            'the same model, form and preprocessing throughout'
          ) : (
            <ul className="watch-notes">
              {pipeline.changes.map((change) => (
                <li key={change}>
                  <NameText>{change}</NameText>
                </li>
              ))}
            </ul>
          )}
        </dd>
        {seasonal !== undefined && (
          <>
            <dt>Same hours before</dt>
            <dd>
              <NameText>{seasonal.summary}</NameText>{' '}
              <span className="watch-faint">({seasonal.windows.map(windowText).join('; ')})</span>
            </dd>
          </>
        )}
        <dt>Cost</dt>
        <dd>
          {milliseconds(cost.milliseconds)}: {cost.recordsRead.toLocaleString('en-GB')} records read,{' '}
          {cost.hoursCounted} hours counted, {cost.hoursFromProfiles} known before
        </dd>
      </dl>
    </Card>
  );
}
