/**
 * Images per second of a training step, beside PyTorch's and beside the bare matrix products, in one run.
 *
 *   node bench/training.ts [--batch 64,128] [--threads 2] [--rounds 12] [--record]
 *
 * The contenders take turns; the best round of each counts, since other work on the machine only ever adds time.
 * `--record` keeps the ratios in bench/records/training.json, against which later runs are printed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { assayStep, type Contender, matrixProducts, torchStep } from './training/contenders.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '64,128' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '12' },
    record: { type: 'boolean', default: false },
  },
});
const recordFile = new URL('./records/training.json', import.meta.url);
const stepsPerRound = 5;
const threads = Number(values.threads);
const write = (line: string) => process.stdout.write(`${line}\n`);

/** Ratio of assay's speed to each other contender's, by batch size. */
type Ratios = Record<string, Record<string, number>>;
const recorded: Ratios = existsSync(recordFile)
  ? (JSON.parse(readFileSync(recordFile, 'utf8')) as Ratios)
  : {};
const measured: Ratios = {};

async function bestRates(contenders: readonly Contender[], batch: number): Promise<number[]> {
  for (const contender of contenders) await contender.run(2);
  const best = contenders.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [index, contender] of contenders.entries())
      best[index] = Math.min(best[index] ?? 0, await contender.run(stepsPerRound));
  return best.map((seconds) => (batch * stepsPerRound) / seconds);
}

write(
  `Three blocks conv-bn-relu-pool (32, 64, 128) on 32×32×3, ${threads} threads, ${cpus()[0]?.model ?? ''}`,
);
for (const batch of values.batch.split(',').map(Number)) {
  const setting = { batch, threads };
  const torch = torchStep(setting);
  if (torch === undefined) write('PyTorch is not installed here (Debian: python3-torch); it is left out.');
  const contenders = [await assayStep(setting), await matrixProducts(setting), ...(torch ? [torch] : [])];
  const [own = 0, ...others] = await bestRates(contenders, batch);
  write(`batch ${batch}: assay ${own.toFixed(0)} img/s`);
  const ratios: Record<string, number> = {};
  for (const [index, { name }] of contenders.slice(1).entries()) {
    const ratio = own / (others[index] ?? Number.NaN);
    ratios[name] = Number(ratio.toFixed(3));
    const before = recorded[batch]?.[name];
    const target = name.startsWith('PyTorch')
      ? ratio >= 0.8
        ? ', target ≥ 0.8 met'
        : ', target ≥ 0.8 MISSED'
      : '';
    write(
      `  ÷ ${name} (${others[index]?.toFixed(0)} img/s): ${ratio.toFixed(3)}` +
        `${before === undefined ? '' : `, recorded ${before}, now ÷ then ${(ratio / before).toFixed(2)}`}${target}`,
    );
  }
  measured[batch] = { ...recorded[batch], ...ratios };
  for (const contender of contenders) await contender.close();
}
if (values.record) {
  writeFileSync(recordFile, `${JSON.stringify({ ...recorded, ...measured }, null, 2)}\n`);
  write(`recorded in bench/records/training.json`);
}
