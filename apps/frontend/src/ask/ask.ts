import type { ExplanationMethod, Prediction } from '../api/types.ts';
import type { Words } from '../api/problem-words.ts';

/** How far a question has come. */
export type AskState =
  | { readonly step: 'waiting' }
  /** Its bytes are on their way: the share that is out, 0 to 1. */
  | { readonly step: 'sending'; readonly share: number }
  | { readonly step: 'thinking' }
  /** No service answers; it goes on when one was seen after this moment, milliseconds since 1970. */
  | { readonly step: 'away'; readonly since: number }
  | {
      readonly step: 'answered';
      readonly answer: Prediction;
      /** Milliseconds by stage, as the service says. */
      readonly stages: Stages;
      /** From the first byte sent to the last received, milliseconds. */
      readonly tookMs: number;
    }
  | { readonly step: 'refused'; readonly words: Words }
  | { readonly step: 'cancelled' };

/** Milliseconds by name, in the order in which the stages follow one another. */
export type Stages = readonly { readonly name: string; readonly ms: number }[];

/** A picture, and what became of the question what it is. */
export interface Ask {
  readonly key: string;
  /** Of the file, as whoever made it chose. */
  readonly name: string;
  readonly file: Blob;
  /** Object URL of the file. */
  readonly url: string;
  readonly model: string;
  /** The explanation that comes with the answer. */
  readonly explain: ExplanationMethod | undefined;
  /** Whether it is also asked what the answer would be, had the picture been compressed, shrunk, blurred: some ten further looks. */
  readonly stability: boolean;
  readonly state: AskState;
}

/** Whether it needs the network now. */
export const isUnderWay = ({ state: { step } }: Ask) => step === 'sending' || step === 'thinking';

/** Whether something is still to come of it. */
export const isOpen = (ask: Ask) =>
  isUnderWay(ask) || ask.state.step === 'waiting' || ask.state.step === 'away';
