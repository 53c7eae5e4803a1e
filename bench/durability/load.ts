import { setTimeout as delay } from 'node:timers/promises';

/** What the callers were told. */
export interface Ledger {
  /** Answers without the header `Prediction-Log`: the bus had them. */
  readonly acknowledged: Set<string>;
  /** Answers with `pending`: the outbox has them. */
  readonly pending: Set<string>;
  /** Answers with `dropped`. */
  readonly dropped: Set<string>;
  /** Ids of feedback that was accepted. */
  readonly feedback: Set<string>;
  /** Requests that were refused or cut off, by status or code. */
  readonly refused: Map<string, number>;
  /** Of the answers since the last {@link Load.mark}, milliseconds. */
  latencies: number[];
}

export interface Load {
  readonly ledger: Ledger;
  /** Begins to count latencies anew. @returns those so far */
  mark(): number[];
  stop(): Promise<void>;
}

export interface LoadOptions {
  readonly url: string;
  /** Requests a second. */
  readonly rate: number;
  /** What is asked, in turn. */
  readonly questions: readonly Question[];
}

export interface Question {
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer> | string;
}

const LANES = 8;

/** Every so many answers one is given its truth. */
const FEEDBACK_EVERY = 10;

/** Asks again and again, whatever becomes of the service. */
export function startLoad({ url, rate, questions }: LoadOptions): Load {
  const ledger: Ledger = {
    acknowledged: new Set(),
    pending: new Set(),
    dropped: new Set(),
    feedback: new Set(),
    refused: new Map(),
    latencies: [],
  };
  const stopping = new AbortController();
  const refuse = (why: string) => ledger.refused.set(why, (ledger.refused.get(why) ?? 0) + 1);
  let asked = 0;

  const ask = async () => {
    const { path, type, body } = questions[asked++ % questions.length]!;
    const begin = performance.now();
    const response = await fetch(url + path, { method: 'POST', body, headers: { 'content-type': type } });
    const answer = (await response.json()) as Answer;
    if (response.status !== 200) {
      refuse(String(response.status));
      return;
    }
    ledger.latencies.push(performance.now() - begin);
    const outcome = response.headers.get('prediction-log');
    const told =
      outcome === null ? ledger.acknowledged : outcome === 'pending' ? ledger.pending : ledger.dropped;
    told.add(answer.id);
    if (asked % FEEDBACK_EVERY === 0) await say(answer);
  };
  const say = async ({ id: predictionId, prediction: label, model }: Answer) => {
    const body = JSON.stringify({ predictionId, label, model: model.name });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/feedback`, { method: 'POST', body, headers });
    const receipt = (await response.json()) as { id: string };
    if (response.status === 202) ledger.feedback.add(receipt.id);
    else refuse(`feedback ${response.status}`);
  };
  const lane = async () => {
    while (!stopping.signal.aborted) {
      const next = delay((1000 * LANES) / rate);
      // Cut off: the caller knows nothing, and nothing is owed to it.
      await ask().catch(() => refuse('cut off'));
      await next;
    }
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane));
  return {
    ledger,
    mark: () => ledger.latencies.splice(0),
    async stop() {
      stopping.abort();
      await lanes;
    },
  };
}

interface Answer {
  id: string;
  prediction: string;
  model: { name: string };
}
