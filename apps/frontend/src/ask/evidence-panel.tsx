import type { Evidence } from '../api/types.ts';
import { Badge, type Tone } from '../design/badge.tsx';
import { findingFacts } from './finding-facts.ts';

type Finding = Evidence['findings'][number];

/** What a grade is worth, in words. */
const GRADES: Readonly<Record<Finding['grade'], { readonly tone: Tone; readonly text: string }>> = {
  trusted: { tone: 'good', text: 'trusted: signed, unchanged, and the signer is vouched for' },
  intact: { tone: 'accent', text: 'intact: signed and unchanged; nobody vouches for the signer' },
  declared: { tone: 'plain', text: 'declared: text that anybody can write' },
  tampered: { tone: 'bad', text: 'tampered: changed after it was signed' },
};

/** What the file says of its own origin. It stands beside the score and is no part of it. */
export function EvidencePanel({ evidence }: { readonly evidence: Evidence }) {
  const { summary, findings, unread } = evidence;
  return (
    <div className="ask-evidence">
      <div>
        <p>
          <bdi>{summary}</bdi>
        </p>
        <p className="figure-note">
          Read from the file itself; the model does not see it, and it does not change the score. Most
          pictures carry none of this, so its absence says nothing.
        </p>
      </div>
      {findings.map((finding, at) => (
        <article key={at} className="ask-finding">
          <Badge tone={GRADES[finding.grade].tone}>{GRADES[finding.grade].text}</Badge>
          <p className="ask-finding-statement">
            <bdi>{finding.statement}</bdi>
          </p>
          <dl className="facts">
            {findingFacts(finding).map(([name, value], place) => (
              <div key={place} style={{ display: 'contents' }}>
                <dt>
                  <bdi>{name}</bdi>
                </dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </article>
      ))}
      {unread.map(({ part, reason }, at) => (
        <p key={at} className="figure-note">
          Could not be read: <bdi>{part}</bdi>, <bdi>{reason}</bdi>
        </p>
      ))}
    </div>
  );
}
