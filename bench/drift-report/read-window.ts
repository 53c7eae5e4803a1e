/** One report in a process of its own, so that its memory is its own: FOLDER MODEL FROM TO, a line of JSON. */
import { makeDriftReport, openDriftWindows } from '@assay/drift-report';
import { openRegistry } from '@assay/model-registry';
import { openObjectStore } from '@assay/object-store';
import { openPredictionLog } from '@assay/prediction-log';

const [folder = '', model = '', from = '', to = ''] = process.argv.slice(2);
const store = await openObjectStore(`file:${folder}`);
const log = await openPredictionLog(store);
const found = await openRegistry('models').resolve('ai-vs-real');
// The package under the name and version that the synthetic events have.
const registry = { resolve: () => Promise.resolve({ ...found, name: model, version: '1.0.0' }) };
const before = process.cpuUsage();
const began = performance.now();
const windows = openDriftWindows({ log, store, registry });
const window = await windows.read({ model, window: { from: new Date(from), to: new Date(to) } });
const seconds = (performance.now() - began) / 1000;
const report = makeDriftReport(window, { alpha: { level: 0.05, budget: 0.05 }, now: new Date() });
const withReport = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
await log.close();
process.stdout.write(
  JSON.stringify({
    seconds,
    withReport,
    cpuSeconds: (user + system) / 1e6,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    records: window.profile.records,
    sample: window.sample.records.length,
    bytes: JSON.stringify(report).length,
    cost: window.cost,
  }),
);
