import type { ServedModel } from '../api/types.ts';
import { NameText } from '../design/name-text.tsx';
import { Notice } from '../design/notice.tsx';

/** Says that the champion is not what answers, and why. */
export function RefusedNotice({ model: { refused, version } }: { readonly model: Pick<ServedModel, 'refused' | 'version'> }) {
  if (refused === undefined) return null;
  return (
    <Notice tone="warn" title={`Champion ${refused.version ?? 'unknown'} failed its checks`}>
      <p>
        <NameText>{refused.reason}</NameText>
      </p>
      <p>
        Version <bdi>{version}</bdi> goes on answering. Promote another: npm run assay -- promote
      </p>
    </Notice>
  );
}
