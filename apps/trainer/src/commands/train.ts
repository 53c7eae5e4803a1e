import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { openRegistry } from '@assay/model-registry';
import { AssayError } from '@assay/schema';
import type { NetworkSpec } from '@assay/training';
import { metricOf } from '@assay/training-runs';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../config/load-config.ts';
import { buildNetwork } from '../config/network.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { PreparedData } from '../data/examples.ts';
import { prepareData } from '../data/prepare-data.ts';
import { buildPackage } from '../packaging/build-package.ts';
import { readProgress } from '../run/checkpoint.ts';
import { networkFile } from '../run/pretrained.ts';
import { refit } from '../run/refit.ts';
import { createRunFolder, createRunFolderAt, openRunFolder, type RunFolder } from '../run/run-folder.ts';
import { trainLoop } from '../run/train-loop.ts';
import { report, type TrainingSession } from '../run/training-session.ts';
import { trackerCredentials } from '../tracking/config.ts';
import { openTracking } from '../tracking/open-tracking.ts';
import type { RunState } from '../tracking/tracker.ts';
import { checkSlices } from '../slices/input-properties.ts';
import { gitCommit } from './git-commit.ts';
import { versionOf } from './version-of.ts';
import { promote, promoteUnlessWorse } from './promote.ts';

/** What `assay train` was asked to do. */
export interface TrainRequest {
  /** YAML file; left out to go on with a run. */
  config?: string | undefined;
  /** `key=value`. */
  settings: readonly string[];
  /** Folder of the run to go on with. */
  resume?: string | undefined;
  /** Whether to write a model package at the end. */
  pack: boolean;
  /** Folder for runs and unpacked data. */
  state: string;
  /** Folder of a new run; in `state`, named by its time, if left out. */
  run?: string;
}

const runFacts = z.strictObject({
  command: z.string(),
  startedAt: z.string(),
  datasetDigest: z.string(),
  gitCommit: z.string().optional(),
});
type RunFacts = z.infer<typeof runFacts>;

/** How `assay train` ended. */
export interface TrainResult {
  run: string;
  /** False if it was asked to stop; `--resume` goes on. */
  finished: boolean;
  /** Folder of the package. */
  package?: string;
}

/** Data → train → evaluate → package → champion, or challenger where the champion is shown to be better. */
export async function train(
  request: TrainRequest,
  context: Pick<TrainingSession, 'output' | 'signal' | 'shouldStop'>,
): Promise<TrainResult> {
  const { output, signal } = context;
  const { config, command } = readRequest(request);
  if (config.version !== undefined && request.pack) await refuseTakenVersion(config);
  const data = await prepareData(config, { state: request.state, output });
  checkSlices(config.slices ?? [], data.preprocessing);
  const network = buildNetwork(config, { input: data.networkInput, labels: data.labels.length });
  const now = new Date();
  const run =
    request.resume === undefined
      ? await newRunFolder(request, config.name, now)
      : openRunFolder(request.resume);
  if (request.resume === undefined) await describeRun(run, { config, data, network, command, now });
  const facts = runFacts.parse(JSON.parse((await run.read('run.json')).toString('utf8')));
  if (facts.datasetDigest !== data.digest)
    throw new AssayError(
      'invalid-dataset',
      `${config.data.path} is not what ${run.path} was begun with: its files have changed. Begin a new run.`,
    );
  // Who is told is no part of the recipe: it neither changes the package nor is published in it.
  const recipe: TrainingConfig = { ...config, trackers: [] };
  const tracking = await openTracking(
    run,
    { ...facts, name: basename(run.path), config: recipe },
    {
      trackers: config.trackers,
      credentials: trackerCredentials(),
      epochsDone: (await readProgress(run))?.epoch ?? 0,
      note: (text) => report({ run, output }, text),
    },
  );
  const session: TrainingSession = {
    config: recipe,
    data,
    network,
    run,
    output,
    tracking,
    signal,
    shouldStop: context.shouldStop,
    threads: config.threads ?? availableParallelism(),
    metric: metricOf(config),
    positive: config.positiveLabel === undefined ? undefined : data.labels.indexOf(config.positiveLabel),
  };
  let state: RunState = 'failed';
  try {
    const result = await carryOut(session, request, facts);
    state = result.finished ? 'finished' : 'stopped';
    return result;
  } finally {
    await tracking.end(state);
  }
}

async function carryOut(
  session: TrainingSession,
  request: TrainRequest,
  facts: RunFacts,
): Promise<TrainResult> {
  const { config, data, run, output } = session;
  await report(session, `Run ${run.path}: ${describeCounts(data)}.`);
  const progress = await trainLoop(session);
  const stopped = async () => {
    await report(session, `Stopped. Go on with: assay train --resume ${run.path}`);
    return { run: run.path, finished: false };
  };
  if (!progress.finished) return stopped();
  if (!request.pack) return { run: run.path, finished: true };
  const epochs = progress.best?.epoch ?? config.epochs;
  const again = await refit(session, { epochs, state: request.state, facts });
  if (config.refit !== 'none' && again === undefined) return stopped();
  const written = await buildPackage(session, progress, {
    version: config.version ?? versionOf(facts.startedAt),
    command: facts.command,
    startedAt: facts.startedAt,
    // The weights come from the sources that training began with, whenever they are packed.
    gitCommit: facts.gitCommit,
    refit: again,
  });
  const { name, version, folder, manifest } = written;
  const files = ['manifest.json', ...manifest.files.map((file) => file.path)];
  await session.tracking.log({ type: 'package', name, version, folder, files });
  await report(
    session,
    `${name}@${version} (${manifest.served}): ` +
      Object.entries(manifest.metrics)
        .map(([name, value]) => `${name} ${value.toFixed(4)}`)
        .join(', '),
  );
  const candidate = {
    reference: `${name}@${version}`,
    metric: session.positive === undefined ? 'accuracy' : 'auroc',
    seed: config.seed,
    registries: [config.registry],
    state: request.state,
  };
  // A pruned model is weaker, if only a little: whether it shall answer is for people to say.
  if (config.prune) await promote({ ...candidate, alias: 'challenger', force: false }, output);
  else await promoteUnlessWorse(candidate, output);
  output.line(folder);
  return { run: run.path, finished: true, package: folder };
}

function readRequest(request: TrainRequest): { config: TrainingConfig; command: string } {
  const { config, settings, resume } = request;
  if (resume !== undefined) {
    if (config !== undefined && !config.includes('='))
      throw new AssayError(
        'invalid-configuration',
        '--resume takes the configuration from the run; name no other.',
      );
    const file = openRunFolder(resume).file('config.yaml');
    const changes = config === undefined ? settings : [config, ...settings];
    const frozen = changes.filter((change) => !afterTraining.some((key) => change.startsWith(key)));
    if (frozen.length > 0)
      throw new AssayError(
        'invalid-configuration',
        `--resume can only change what comes after training (${afterTraining.join(', ')}), received: ${frozen.join(' ')}.`,
      );
    return { config: loadConfig(file, changes), command: '' };
  }
  if (config === undefined)
    throw new AssayError(
      'invalid-configuration',
      'Name a configuration, for example: assay train configs/ai-vs-real.yaml',
    );
  return { config: loadConfig(config, settings), command: ['assay train', config, ...settings].join(' ') };
}

function newRunFolder({ run, state }: TrainRequest, name: string, now: Date): Promise<RunFolder> {
  return run === undefined ? createRunFolder(state, name, now) : createRunFolderAt(run);
}

/** Keys that only the packaging looks at. */
const afterTraining = [
  'version',
  'ordinal',
  'robustness',
  'slices',
  'description',
  'decision',
  'scopeGate',
  'int8',
  'card',
  'trackers',
  'registry',
  'refit',
];

/** What is known before the first step: configuration, network, which file is in which part. */
async function describeRun(
  run: RunFolder,
  facts: { config: TrainingConfig; data: PreparedData; network: NetworkSpec; command: string; now: Date },
): Promise<void> {
  const { config, data, network, command, now } = facts;
  await run.write(networkFile, `${JSON.stringify(network, null, 2)}\n`);
  await run.write('split.json', `${JSON.stringify(data.listing, null, 1)}\n`);
  await run.write(
    'run.json',
    `${JSON.stringify({ command, startedAt: now.toISOString(), datasetDigest: data.digest, gitCommit: await gitCommit() }, null, 2)}\n`,
  );
  // Last: a folder that has it is that of a run which can be gone on with.
  await run.write('config.yaml', stringify(parse(stringify(config)), { lineWidth: 110 }));
}

async function refuseTakenVersion({ registry, name, version }: TrainingConfig): Promise<void> {
  if (version !== undefined && (await openRegistry(registry).versions(name)).includes(version))
    throw new AssayError(
      'version-exists',
      `${registry} has ${name}@${version} already, and packages never change; choose another version.`,
    );
}

function describeCounts({ counts, labels }: PreparedData): string {
  const total = (split: Record<string, number>) =>
    Object.values(split).reduce((sum, count) => sum + count, 0);
  return `${labels.length} labels; ${total(counts.train)} to train, ${total(counts.validation)} to validate, ${total(counts.test)} to test`;
}
