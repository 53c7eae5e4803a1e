import { setTimeout as delay } from 'node:timers/promises';
import { listAll, openObjectStore } from '@assay/object-store';
import { openPredictionLog } from '@assay/prediction-log';
import type { Ledger } from './load.ts';

/** What the log has of what the callers were told. */
export interface Account {
  /** Answers and feedback of which nothing more is to come. */
  readonly owed: number;
  readonly missing: string[];
  /** Ids that the reader of the log gives more than once. */
  readonly duplicates: number;
  /** Lines of the objects beyond the first of each id: what came again, since its sink was killed or its lease ended. */
  readonly writtenAgain: number;
  /** Records of requests whose caller got no answer. */
  readonly unanswered: number;
}

/** Takes stock again and again until nothing is missing, or the time is over. */
export async function settleAccount(bucket: string, ledger: Ledger, patienceMs: number): Promise<Account> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const account = await takeAccount(bucket, ledger);
    if (account.missing.length === 0 || performance.now() > end) return account;
    await delay(1000);
  }
}

async function takeAccount(bucket: string, ledger: Ledger): Promise<Account> {
  const store = await openObjectStore(`file:${bucket}`);
  const log = await openPredictionLog(store);
  const told = new Set([...ledger.acknowledged, ...ledger.pending]);
  const owed = new Set([...told, ...ledger.feedback]);
  const found = new Set<string>();
  let [duplicates, unanswered] = [0, 0];
  const window = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 3_600_000) };
  for await (const { prediction, feedback } of log.records(window)) {
    if (!told.has(prediction.id)) unanswered++;
    for (const { id } of [prediction, ...feedback]) {
      if (found.has(id)) duplicates++;
      found.add(id);
    }
  }
  await log.close();
  const lines: string[] = [];
  for (const prefix of ['predictions/', 'feedback/'])
    for await (const { key } of listAll(store, prefix)) {
      const { content } = await store.get(key);
      for (const line of content.toString().trim().split('\n'))
        lines.push((JSON.parse(line) as { id: string }).id);
    }
  return {
    owed: owed.size,
    missing: [...owed].filter((id) => !found.has(id)),
    duplicates,
    writtenAgain: lines.length - new Set(lines).size,
    unanswered,
  };
}
