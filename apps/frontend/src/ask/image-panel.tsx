import type { ExplanationMethod } from '../api/types.ts';
import { AskList } from './ask-list.tsx';
import { DropZone } from './drop-zone.tsx';
import { Announcements } from './announcements.tsx';
import { ResultPanel } from './result-panel.tsx';
import { Samples } from './samples.tsx';
import type { AsksControl, Picture } from './use-asks.ts';

export interface ImagePanelProps {
  readonly asks: AsksControl;
  readonly model: string;
  readonly explain: ExplanationMethod | undefined;
}

/** Pictures in, answers out. */
export function ImagePanel({ asks, model, explain }: ImagePanelProps) {
  const selected = asks.list.find(({ key }) => key === asks.selected);
  const add = (pictures: readonly Picture[]) => asks.add(pictures, { model, explain });
  return (
    <>
      <DropZone isSmall={selected !== undefined} onPictures={add} />
      {selected === undefined ? (
        <Samples onSample={(picture) => add([picture])} />
      ) : (
        <>
          {asks.list.length > 1 && <AskList asks={asks} />}
          <ResultPanel
            key={selected.key}
            ask={selected}
            onCancel={() => asks.cancel(selected.key)}
            onRetry={() => asks.retry(selected.key)}
            onRemove={() => asks.remove([selected.key])}
          />
        </>
      )}
      <Announcements asks={asks.list} />
    </>
  );
}
