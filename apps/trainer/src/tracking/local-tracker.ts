import { hostname } from 'node:os';
import { join } from 'node:path';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { confusionFile, metricsFile, samplesFile, samplesFolder, statusFile } from '@assay/training-runs';
import type { RunFolder } from '../run/run-folder.ts';
import type { SamplePrediction, Tracker } from './tracker.ts';

/** Keeps what happens in the run's own folder: nothing is lost, whatever the network does. */
export function localTracker(run: RunFolder): Tracker {
  const writeJson = (name: string, value: unknown) => run.write(name, `${JSON.stringify(value, null, 2)}\n`);
  const status = (state: string) =>
    writeJson(statusFile, { state, pid: process.pid, host: hostname(), at: new Date().toISOString() });
  return {
    name: run.path,
    record: async (event) => {
      switch (event.type) {
        case 'begin':
          return status('running');
        case 'epoch':
          return run.append(metricsFile, JSON.stringify(event.record));
        case 'confusion':
          return writeJson(confusionFile, { epoch: event.epoch, labels: event.labels, matrix: event.matrix });
        case 'samples':
          return writeJson(samplesFile, {
            epoch: event.epoch,
            samples: await writeImages(run, event.samples),
          });
        case 'package':
          return writeJson('package.json', {
            name: event.name,
            version: event.version,
            folder: event.folder,
          });
        case 'end':
          return status(event.state);
      }
    },
    close: async () => undefined,
  };
}

async function writeImages(run: RunFolder, samples: readonly SamplePrediction[]) {
  const folder = run.file(samplesFolder);
  await rm(folder, { recursive: true, force: true });
  if (samples.some(({ image }) => image !== undefined)) await mkdir(folder);
  return Promise.all(
    samples.map(async ({ image, ...sample }, index) => {
      if (image === undefined) return sample;
      const name = `${String(index).padStart(2, '0')}.jpg`;
      await writeFile(join(folder, name), image);
      return { ...sample, image: `${samplesFolder}/${name}` };
    }),
  );
}
