import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelPackage, Variant } from '@assay/model-registry';
import { readRunProfile, type OperatorTime, type RunTime } from '@assay/model-runtime';
import { openClassifier, type ClassifierInput, type ClassifierResult } from '@assay/prediction';
import { AssayError } from '@assay/schema';
import { describeSizes, operatorSpans } from './operator-spans.ts';
import type { Profile, ProfiledRun } from './span.ts';

/** In the order in which a request meets them. */
const stages = ['queue', 'decode', 'preprocess', 'inference', 'postprocess'] as const;

/** Predictions before the first that counts. */
const warmUps = 5;

/**
 * Where predictions of a package spend their time: along the very path that serves requests, one after another,
 * with the operators that ran inside the inference of each.
 *
 * @param options.inputs taken in turn; at least one
 */
export async function profilePrediction(
  model: ModelPackage,
  options: { inputs: readonly ClassifierInput[]; runs: number; variant?: Variant | undefined },
): Promise<Profile> {
  const { inputs, runs, variant = model.manifest.served } = options;
  const folder = await mkdtemp(join(tmpdir(), 'assay-profile-'));
  try {
    const profile = join(folder, 'session');
    const classifier = await openClassifier(model, { variant, workers: 1, session: { profile } });
    const answered: { start: number; duration: number; stages: ClassifierResult['stages'] }[] = [];
    try {
      for (let run = -warmUps; run < runs; run++) {
        const start = performance.now();
        const result = await classifier.classify(inputs[(run + warmUps) % inputs.length]!);
        if (run >= 0) answered.push({ start, duration: performance.now() - start, stages: result.stages });
      }
    } finally {
      await classifier.close();
    }
    const { runs: sessionRuns, load } = await readRunProfile(profile);
    const counted = sessionRuns.slice(-answered.length);
    if (counted.length < answered.length)
      throw new AssayError('internal', `Of ${answered.length} predictions ${counted.length} were noted.`);
    const began = answered[0]?.start ?? 0;
    return {
      subject: `${model.name}@${model.version} (${variant})`,
      unit: 'prediction',
      runs: answered.map((request, index) =>
        spansOf({ ...request, start: request.start - began }, counted[index]!),
      ),
      notes: [
        `Loading took ${((load.read + load.prepare) / 1000).toFixed(1)} ms, of which ${(load.prepare / 1000).toFixed(1)} ms ` +
          'to fit the graph to this machine. One session thread; noting each operator makes small ones look slower.',
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function spansOf(
  request: { start: number; duration: number; stages: ClassifierResult['stages'] },
  run: RunTime,
): ProfiledRun {
  let at = request.start;
  const parts = stages.map((stage) => {
    const span = { path: [stage], start: at, duration: request.stages[stage] };
    at += span.duration;
    return span;
  });
  const inference = parts.find(({ path }) => path[0] === 'inference')!;
  // The session has a clock of its own: its run is put in the middle of the stage, the way to the thread and back around it.
  const start = inference.start + Math.max(0, (inference.duration - run.duration / 1000) / 2);
  const pathOf = (time: OperatorTime) => ['inference', time.operator, describeSizes(time)];
  return [
    { path: [], start: request.start, duration: request.duration },
    ...parts,
    ...operatorSpans(run, { start, pathOf }),
  ];
}
