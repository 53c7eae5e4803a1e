import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunProfile, type OperatorTime } from '@assay/model-runtime';
import { initialState, learningRateAt, openStepRunner } from '@assay/training';
import type { BatchSource } from '../batches/batch-source.ts';
import { buildNetwork } from '../config/network.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { PreparedData } from '../data/examples.ts';
import { operatorSpans } from './operator-spans.ts';
import type { Profile, ProfiledRun } from './span.ts';

/** Steps before the first that counts: the arena grows to its size in the first. */
const warmUps = 2;

/** Where the training step of a configuration spends its time, by pass, layer and operator. */
export async function profileStep(
  config: TrainingConfig,
  data: Pick<PreparedData, 'networkInput' | 'labels'> & {
    batches: Pick<BatchSource, 'batch' | 'stepsPerEpoch'>;
  },
  options: { runs: number },
): Promise<Profile> {
  const { optimiser, loss, seed, batchSize } = config;
  const network = buildNetwork(config, { input: data.networkInput, labels: data.labels.length });
  const average = config.ema !== undefined;
  const threads = config.threads ?? availableParallelism();
  const folder = await mkdtemp(join(tmpdir(), 'assay-profile-'));
  try {
    const profile = join(folder, 'step');
    const settings = { network, batchSize, loss, optimiser, seed, threads, average, profile };
    const runner = await openStepRunner(
      { ...settings, averageDecay: config.ema?.decay ?? 0 },
      initialState({ network, optimiser, average, seed }),
    );
    const { stepsPerEpoch } = data.batches;
    const steps = config.epochs * stepsPerEpoch;
    const taken: { start: number; duration: number }[] = [];
    let waited = 0;
    try {
      for (let step = 0; step < warmUps + options.runs; step++) {
        const asked = performance.now();
        const batch = await data.batches.batch(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
        const start = performance.now();
        await runner.step(batch, learningRateAt(config.schedule, { step, steps }));
        if (step < warmUps) continue;
        waited += start - asked;
        taken.push({ start, duration: performance.now() - start });
      }
    } finally {
      await runner.close();
    }
    const { runs } = await readRunProfile(profile);
    const began = taken[0]?.start ?? 0;
    const mean = taken.reduce((sum, { duration }) => sum + duration, 0) / taken.length;
    return {
      subject: `${config.name}, batch of ${batchSize}, ${threads} threads`,
      unit: 'step',
      runs: runs.slice(-taken.length).map((run, index): ProfiledRun => {
        const { start, duration } = taken[index]!;
        const ownTime = Math.max(0, duration - run.duration / 1000);
        return [
          { path: [], start: start - began, duration },
          { path: ['feeds and results'], start: start - began, duration: ownTime },
          ...operatorSpans(run, { start: start - began + ownTime, pathOf: pathInStep }),
        ];
      }),
      notes: [
        `${((1000 * batchSize) / mean).toFixed(0)} examples a second; making a batch took ` +
          `${(waited / taken.length).toFixed(1)} ms, which training does beside the step.`,
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `backward/3.conv/node_12` is part of `backward`, of `3.conv` in it. */
function pathInStep({ node, operator }: OperatorTime): readonly string[] {
  const scope = node.split('/').slice(0, -1);
  return [...(scope.length === 0 ? ['state'] : scope), operator];
}
