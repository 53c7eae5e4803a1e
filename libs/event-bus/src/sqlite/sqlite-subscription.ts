import type { AssayError, Topic } from '@assay/schema';
import { pauseAfter } from '../backoff.ts';
import type { DeliveryPolicy, SubscribeOptions, Subscription } from '../event-bus.ts';
import { gather } from '../gather.ts';
import { holdDeliveries } from '../held-deliveries.ts';
import { readEvent } from '../incoming-event.ts';
import type { BusWorker } from './bus-worker.ts';
import type { ClaimedRow, Settlement, Token } from './requests.ts';

/** Deliveries that are fetched, and settlements that are written, in one transaction at most. */
const STEP = 1000;

/** The longest sleep before the bus is looked at again, though nothing seemed to be due: clocks may be set. Milliseconds. */
const LONGEST_SLEEP = 1000;

/** Pauses after a call on the database failed. Milliseconds. */
const TROUBLE = { minBackoffMs: 250, maxBackoffMs: 30_000 };

/** What a subscription works with. */
export interface SubscriptionContext {
  worker: BusWorker;
  policy: DeliveryPolicy;
  report: (error: AssayError) => void;
  now: () => number;
}

/** Claims deliveries whenever there is room for them, keeps their leases, and writes down how they ended. */
export function subscribeSqlite(
  options: Required<SubscribeOptions> & { topic: Topic; name: string },
  context: SubscriptionContext,
): Subscription {
  const { topic, name, maxOutstanding, drainMs } = options;
  const { worker, policy: pauses, report, now } = context;
  const held = holdDeliveries({ ...options, report });
  const leases = new Set<Token>();
  let id: number | undefined;
  let draining: Promise<void> | undefined;
  let claiming: Promise<void> | undefined;
  let failures = 0;
  let pausing = false; // after a failure
  let changes = 0; // that were heard of, also while a claim was under way
  let sleep: NodeJS.Timeout | undefined;

  const settlements = gather<{ token: Token; outcome: Settlement['outcome']; reason?: string | undefined }>(
    async (batch) => {
      const rows = batch.map(({ token, outcome, reason }) => ({ ...token, outcome, reason }));
      try {
        await worker.call('settle', { subscription: id!, settlements: rows, now: now(), pauses });
      } catch (error) {
        report(error as AssayError); // what is not written is handed out again when its lease ends
      }
      for (const { token } of batch) leases.delete(token); // not before: until then no lease may end
      wake();
    },
    { items: STEP },
  );

  function settle(token: Token, outcome: Settlement['outcome'], reason?: string): void {
    void settlements.add({ token, outcome, reason });
  }

  function hand(row: ClaimedRow): void {
    const { sequence, attempt, text, orderingKey } = row;
    const token = { sequence, attempt };
    const { event, fault } = readEvent(text, topic);
    if (draining) settle(token, 'release');
    else if (!event) settle(token, 'park', fault);
    else {
      leases.add(token);
      const incoming = { event, attempt, ...(orderingKey === null ? {} : { orderingKey }) };
      held.hand(incoming, (outcome, reason) => settle(token, outcome, reason));
    }
  }

  async function claim(limit: number): Promise<void> {
    const before = changes;
    try {
      id ??= await worker.call('subscribe', { topic, name });
      const { rows, wait } = await worker.call('claim', { subscription: id, limit, now: now(), pauses });
      failures = 0;
      rows.forEach(hand);
      claiming = undefined;
      if (rows.length === limit || changes !== before) wake();
      else sleepFor(Math.min(wait ?? LONGEST_SLEEP, LONGEST_SLEEP));
    } catch (error) {
      claiming = undefined;
      if (!draining) report(error as AssayError);
      failures += 1;
      pausing = true;
      sleepFor(pauseAfter(failures, TROUBLE));
    }
  }

  function wake(): void {
    changes += 1;
    const room = Math.min(STEP, maxOutstanding - held.size);
    if (draining || claiming || pausing || room <= 0) return;
    clearTimeout(sleep);
    claiming = claim(room);
  }

  function sleepFor(milliseconds: number): void {
    if (draining) return;
    sleep = setTimeout(() => {
      pausing = false;
      wake();
    }, milliseconds);
  }

  const renewal = setInterval(() => {
    if (leases.size === 0) return;
    const due = now() + pauses.ackDeadlineMs;
    worker.call('renew', { subscription: id!, tokens: [...leases], due }).catch(report);
  }, pauses.ackDeadlineMs / 3);

  async function drain(): Promise<void> {
    clearTimeout(sleep);
    stopListening();
    await claiming;
    await held.drain(drainMs);
    clearInterval(renewal);
    await settlements.idle();
  }

  const stopListening = worker.onChange((topics) => {
    if (topics?.includes(topic) ?? true) wake();
  });
  wake();

  return { topic, name, drain: () => (draining ??= drain()) };
}
