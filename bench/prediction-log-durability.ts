/**
 * Whether an answer that was acknowledged is ever lost: with processes killed again and again, with the bus or the bucket away.
 *   node bench/prediction-log-durability.ts [--mode all|kills|bus|bucket] [--seconds 60] [--kills 20] [--outage 30] [--rate 100]
 *     [--registry models] [--keep]
 */
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { settleAccount } from './durability/account.ts';
import { startCluster, type Cluster, type Member } from './durability/cluster.ts';
import { startLoad, type Load, type Question } from './durability/load.ts';
import { lockBus, removeBucket, type Outage } from './durability/outages.ts';
import { syntheticPhoto } from './serving/photo.ts';

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'all' },
    seconds: { type: 'string', default: '60' },
    kills: { type: 'string', default: '20' },
    outage: { type: 'string', default: '30' },
    rate: { type: 'string', default: '100' },
    registry: { type: 'string', default: 'models' },
    keep: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const kills = Number(values.kills);
const outage = Number(values.outage);

/** Leases of a sink that was killed end after ten seconds; a store that failed is tried again within thirty. */
const SETTLE_MS = 120_000;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Rows cost next to nothing, so that most of the time goes into remembering; a photo now and then. */
async function questions(): Promise<Question[]> {
  const photo = new Uint8Array(await syntheticPhoto(160, 120));
  const features = {
    ...{
      'fixed acidity': 7.4,
      'volatile acidity': 0.7,
      'citric acid': 0,
      'residual sugar': 1.9,
      chlorides: 0.076,
    },
    ...{
      'free sulfur dioxide': 11,
      'total sulfur dioxide': 34,
      density: 0.9978,
      pH: 3.51,
      sulphates: 0.56,
      alcohol: 9.4,
      colour: 1,
    },
  };
  const row = { path: '/predict?model=wine', type: 'application/json', body: JSON.stringify({ features }) };
  const image = { path: '/predict?model=ai-vs-real', type: 'image/jpeg', body: photo };
  return [...Array.from({ length: 9 }, () => row), image];
}

/** Asks the reader for all that it does, so that it is killed at work. */
function keepReading({ url }: Member): () => Promise<void> {
  const stopping = new AbortController();
  const paths = ['/predictions?limit=100', '/traffic?per=minute', '/predictions?feedback=right'];
  const reading = (async () => {
    for (let turn = 0; !stopping.signal.aborted; turn++) {
      await fetch(url + paths[turn % paths.length]!).then(
        (response) => response.text(),
        () => undefined,
      );
      await delay(250);
    }
  })();
  return async () => {
    stopping.abort();
    await reading;
  };
}

/** Kills a member so many times, at random moments of the time there is, or as soon as it is ready again. */
async function killAtRandom(member: Member): Promise<void> {
  const moments = Array.from({ length: kills }, () => Math.random() * seconds * 1000).toSorted(
    (a, b) => a - b,
  );
  const begin = performance.now();
  for (const moment of moments) {
    await delay(Math.max(0, moment - (performance.now() - begin)));
    await member.killAndRestart();
  }
}

async function withKills({ members, reader }: Cluster): Promise<void> {
  const stopReading = keepReading(reader);
  await Promise.all([delay(seconds * 1000), ...members.map(killAtRandom)]);
  await stopReading();
  print(`killed: ${members.map(({ name, kills: count }) => `${name} ${count}`).join(', ')}`);
}

const withOutage = (what: string, begin: Outage) => async (cluster: Cluster, load: Load) => {
  const peak = { api: 0, sink: 0 };
  const watch = setInterval(() => {
    peak.api = Math.max(peak.api, cluster.api.memoryMb());
    peak.sink = Math.max(peak.sink, cluster.sink.memoryMb());
  }, 250);
  await delay(5000);
  report('before', load.mark());
  const before = { api: cluster.api.memoryMb(), sink: cluster.sink.memoryMb() };
  const end = begin(cluster);
  await delay(outage * 1000);
  report(`${what} away for ${outage} s`, load.mark());
  end();
  await delay(10_000);
  report('after', load.mark());
  clearInterval(watch);
  print(
    `memory, MB: inference-api ${before.api.toFixed(0)}, at most ${peak.api.toFixed(0)}; ` +
      `sink ${before.sink.toFixed(0)}, at most ${peak.sink.toFixed(0)}`,
  );
};

function report(what: string, latencies: readonly number[]): void {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0);
  print(`${what}: ${sorted.length} answers; ms p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`);
}

/** @returns whether all is well */
async function run(name: string, ordeal: (cluster: Cluster, load: Load) => Promise<void>): Promise<boolean> {
  print(`\n${name}`);
  const cluster = await startCluster(values.registry);
  try {
    const load = startLoad({ url: cluster.api.url, rate: Number(values.rate), questions: await questions() });
    await ordeal(cluster, load);
    await load.stop();
    const { ledger } = load;
    const account = await settleAccount(cluster.bucket, ledger, SETTLE_MS);
    const { pending, dropped, feedback, refused, acknowledged } = ledger;
    print(
      `answers: ${acknowledged.size} acknowledged, ${pending.size} pending and brought later, ${dropped.size} dropped; ` +
        `feedback: ${feedback.size}; no answer: ${[...refused].map(([why, count]) => `${why} ${count}`).join(', ') || 'none'}`,
    );
    print(
      `written more than once: ${account.writtenAgain}; remembered without an answer: ${account.unanswered}`,
    );
    print(
      `acknowledged ${account.owed}, missing ${account.missing.length}, duplicates after de-duplication ${account.duplicates}`,
    );
    for (const id of account.missing.slice(0, 10)) print(`  missing: ${id}`);
    return account.owed > 0 && account.missing.length === 0 && account.duplicates === 0 && dropped.size === 0;
  } finally {
    await Promise.all(cluster.members.map((member) => member.stop()));
    if (values.keep) print(`kept: ${cluster.folder}`);
    else rmSync(cluster.folder, { recursive: true });
  }
}

const ordeals = {
  kills: () => run(`${kills} kills of each process in ${seconds} s`, withKills),
  bus: () => run('the bus is away', withOutage('the bus', lockBus)),
  bucket: () => run('the bucket is away', withOutage('the bucket', removeBucket)),
};
const modes = Object.keys(ordeals) as (keyof typeof ordeals)[];
const wanted = values.mode === 'all' ? modes : modes.filter((mode) => mode === values.mode);
if (wanted.length === 0)
  throw new Error(`There is no mode "${values.mode}"; there are: all, ${modes.join(', ')}`);
for (const mode of wanted) if (!(await ordeals[mode]())) process.exitCode = 1;
