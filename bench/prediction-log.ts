/**
 * How fast predictions come into the log and out of it, and in how much memory:
 *   node bench/prediction-log.ts [--records 1000000] [--sink 200000]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Delivery, EventBus } from '@assay/event-bus';
import { openObjectStore } from '@assay/object-store';
import { startLogSink } from '@assay/prediction-log';
import { DAY, syntheticPrediction } from './prediction-log/synthetic-events.ts';
import { writeDay } from './prediction-log/write-day.ts';

const { values } = parseArgs({
  options: { records: { type: 'string', default: '1000000' }, sink: { type: 'string', default: '200000' } },
});
const records = Number(values.records);
const folder = mkdtempSync(join(tmpdir(), 'bench-log-'));

function report(what: string, figure: string, target?: { text: string; met: boolean }): void {
  const verdict = target === undefined ? '' : `${target.text.padEnd(18)} ${target.met ? 'met' : 'MISSED'}`;
  process.stdout.write(`${what.padEnd(46)} ${figure.padStart(30)}   ${verdict}\n`);
}

/** Hands events to the sink as fast as it settles them, and waits until all are acknowledged. */
async function measureSink(count: number): Promise<number> {
  const store = await openObjectStore(`file:${join(folder, 'sink')}`);
  const events = Array.from({ length: 1000 }, (_, n) => syntheticPrediction(DAY.from + n));
  let held = 0;
  let acknowledged = 0;
  let room: (() => void) | undefined;
  const done = Promise.withResolvers<undefined>();
  const settle = () => {
    held--;
    if (++acknowledged === count) done.resolve(undefined);
    room?.();
  };
  const hand = async (handler: (delivery: Delivery) => unknown, most: number) => {
    for (let n = 0; n < count; n++) {
      while (held >= most) await new Promise<void>((resolve) => (room = resolve));
      held++;
      handler({ event: events[n % 1000]!, attempt: 1, ack: settle, nack: settle, extend: () => undefined });
      // A bus hands out a thousand in one go.
      if (n % 1000 === 999) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const unused = () => Promise.reject(new Error('not needed'));
  const bus: EventBus = {
    ...{ url: 'bench:', publish: unused, deadLetters: unused, redrive: unused, close: unused },
    subscribe: (topic, name, options) => {
      if (topic === 'predictions' && typeof options === 'object')
        void hand(options.handler, options.maxOutstanding ?? 1000);
      return { topic, name, drain: () => Promise.resolve() };
    },
  };
  const began = performance.now();
  const sink = startLogSink({ bus, store, limits: { ageMs: 500 } });
  await done.promise;
  const seconds = (performance.now() - began) / 1000;
  await sink.close();
  return count / seconds;
}

function read(what: string, name: string, target?: { seconds: number; megabytes: number }): void {
  const script = join(import.meta.dirname, 'prediction-log', 'read-day.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [script, join(folder, 'day'), name], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(`${name} failed: ${stderr}`);
  const figures = JSON.parse(stdout) as Record<'records' | 'seconds' | 'cpuSeconds' | 'megabytes', number>;
  const { seconds, cpuSeconds, megabytes } = figures;
  const met = target !== undefined && seconds <= target.seconds && megabytes <= target.megabytes;
  report(
    `${what}, ${figures.records} records`,
    `${seconds.toFixed(1)} s (CPU ${cpuSeconds.toFixed(1)} s), ${megabytes} MB`,
    target && { text: `≤ ${target.seconds} s, ≤ ${target.megabytes} MB`, met },
  );
}

try {
  process.stdout.write(`${cpus().length} processors\n\n`);
  const rate = await measureSink(Number(values.sink));
  report('sink', `${Math.round(rate)} records/s`, { text: '≥ 20000', met: rate >= 20_000 });
  const { bytes } = writeDay(join(folder, 'day'), records);
  process.stdout.write(`\na day of ${records} predictions, ${(bytes / 1e9).toFixed(2)} GB of JSON lines\n`);
  const target = { seconds: 10, megabytes: 600 };
  const readings = (form: string) => {
    read(`${form}: SQL, each once, with feedback`, 'sql', target);
    read(`${form}: counts of 48 features by bin and hour`, 'counts');
    read(`${form}: confusion by feedback`, 'confusion');
    read(`${form}: every record, parsed`, 'records');
  };
  readings('JSON lines');
  process.stdout.write('\n');
  read('compaction', 'compact');
  readings('Parquet');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
