import type { Topic } from '@assay/schema';
import type { Failure } from './bus-fault.ts';

/** An event on its way to the disk. */
export interface NewRow {
  topic: Topic;
  text: string;
  orderingKey?: string | undefined;
}

/** A delivery that was handed out: a sequence and an attempt, together used once. */
export interface Token {
  sequence: number;
  attempt: number;
}

export interface ClaimedRow extends Token {
  text: string;
  orderingKey: string | null;
}

/** `release`: not looked at, give it to another; `park`: no use in trying again. */
export type Settlement = Token & {
  outcome: 'ack' | 'nack' | 'release' | 'park';
  reason?: string | undefined;
};

export interface Claimed {
  rows: ClaimedRow[];
  /** Milliseconds until more may be due; absent if nothing is waiting. */
  wait?: number;
}

export interface ParkedRow {
  text: string;
  reason: string;
  attempts: number;
  parked: number;
}

/** How deliveries come again, in milliseconds. */
export interface Pauses {
  ackDeadlineMs: number;
  maxAttempts: number;
  minBackoffMs: number;
  maxBackoffMs: number;
}

/** Calls on the database, by name: arguments and results. `now` is always milliseconds since 1970. */
export interface Calls {
  publish: { arguments: { rows: NewRow[]; now: number; maxBytes: number }; result: undefined };
  subscribe: { arguments: { topic: Topic; name: string }; result: number };
  claim: {
    arguments: { subscription: number; limit: number; now: number; pauses: Pauses };
    result: Claimed;
  };
  settle: {
    arguments: { subscription: number; settlements: Settlement[]; now: number; pauses: Pauses };
    result: undefined;
  };
  renew: { arguments: { subscription: number; tokens: Token[]; due: number }; result: undefined };
  deadLetters: { arguments: { topic: Topic; name: string }; result: ParkedRow[] };
  redrive: { arguments: { topic: Topic; name: string; now: number }; result: number };
  /** Copies the write-ahead log back, as far as nobody reads it. */
  checkpoint: { arguments: undefined; result: undefined };
  expire: { arguments: { before: number; now: number }; result: { topic: string; events: number }[] };
}

export type CallName = keyof Calls;

/** What the worker is asked. */
export type Request = {
  [Name in CallName]: { id: number; call: Name; arguments: Calls[Name]['arguments'] };
}[CallName];

/** What the worker says: how it opened, answers, and that something changed in the database. */
export type Answer =
  | { kind: 'opened' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'fault'; id: number; failure: Failure }
  /** Somebody else changed something, and there may be more to claim. */
  | { kind: 'changed' };
