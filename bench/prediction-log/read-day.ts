/** One reading of a day in a process of its own, so that its memory is its own: FOLDER CASE, a line of JSON. */
import { openObjectStore } from '@assay/object-store';
import { openPredictionLog, type PredictionLog } from '@assay/prediction-log';
import { DAY } from './synthetic-events.ts';

const window = { from: new Date(DAY.from), to: new Date(DAY.from + DAY.ms) };
const edges = (most: number) => Array.from({ length: 19 }, (_, n) => ((n + 1) * most) / 20);
const features = [
  ...['aspect', 'sharpness', 'saturation', 'redShare', 'greenShare', 'blueShare'].map((name) => ({
    name: `image.${name}`,
    edges: edges(1),
  })),
  { name: 'image.brightness', edges: edges(255) },
  { name: 'image.contrast', edges: edges(90) },
  { name: 'image.entropy', edges: edges(8) },
  { name: 'image.format' },
  ...['confidence', 'margin', 'entropy', 'score.ai', 'score.real'].map((name) => ({ name, edges: edges(1) })),
  { name: 'prediction' },
  ...Array.from({ length: 32 }, (_, n) => ({ name: `embedding.${n}`, edges: edges(2) })),
];

const cases: Record<string, (log: PredictionLog) => Promise<number>> = {
  sql: async (log) => {
    const sql =
      'SELECT answer_decision, count(*) AS n, count(feedback_label) AS said, avg(answer_confidence) AS c, ' +
      'avg(answer_entropy) AS e, avg(input_properties_brightness) AS b FROM predictions GROUP BY ALL';
    let rows = 0;
    for await (const { n } of log.query(sql, { window })) rows += n as number;
    return rows;
  },
  counts: async (log) => {
    const rows = await log.counts({ window, model: 'ai-vs-real', answered: true, features, per: 'hour' });
    return rows.reduce((sum, { name, count }) => sum + (name === 'prediction' ? (count as number) : 0), 0);
  },
  confusion: async (log) =>
    (await log.confusion({ window })).reduce((sum, { count }) => sum + (count as number), 0),
  records: async (log) => {
    let records = 0;
    for await (const _ of log.records(window)) records++;
    return records;
  },
  compact: async (log) => (await log.compact()).records,
};

const [folder = '', name = ''] = process.argv.slice(2);
const log = await openPredictionLog(await openObjectStore(`file:${folder}`));
const began = performance.now();
const before = process.cpuUsage();
const records = await cases[name]!(log);
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
await log.close();
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ records, seconds, cpuSeconds: (user + system) / 1e6, megabytes }));
