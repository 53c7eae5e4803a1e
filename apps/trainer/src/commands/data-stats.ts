import { existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AssayError } from '@assay/schema';
import { loadConfig } from '../config/load-config.ts';
import { trainingConfig } from '../config/training-config.ts';
import { loadDatasetConfig } from '../data-store/dataset-config.ts';
import { openData } from '../data/archive.ts';
import type { PartingConfig } from '../data/part-data.ts';
import type { Output } from '../output.ts';
import { dataStatistics, type DataStatistics } from '../statistics/data-statistics.ts';
import { describeStatistics } from '../statistics/describe-statistics.ts';

/** Where `assay data pull` finds its names. */
const descriptions = 'configs/data';

/** What `assay data stats` was asked to do. */
export interface DataStatsRequest {
  /** Training configuration, its name in `configs/`, the name of a data set that was pulled, or the data itself. */
  data: string;
  state: string;
  json: boolean;
}

/** Says what is in a data set, and what is wrong with it. */
export async function dataStats(request: DataStatsRequest, output: Output): Promise<DataStatistics> {
  const config = await readReference(request.data, request.state);
  const statistics = await dataStatistics(config, { state: request.state, output });
  if (request.json) output.line(JSON.stringify(statistics, null, 2));
  else for (const line of describeStatistics(statistics)) output.line(line);
  return statistics;
}

async function readReference(reference: string, state: string): Promise<PartingConfig> {
  const named = join('configs', `${reference}.yaml`);
  if (existsSync(reference)) {
    const isConfig = ['.yaml', '.yml'].includes(extname(reference)) && statSync(reference).isFile();
    return isConfig ? loadConfig(reference) : classFolders(reference, state);
  }
  if (existsSync(named)) return loadConfig(named);
  if (existsSync(join(descriptions, `${reference}.yaml`)))
    return classFolders(loadDatasetConfig(reference, descriptions).target, state);
  throw new AssayError(
    'invalid-dataset',
    `There is no data or configuration at ${reference}, and no ${named}: expected a training configuration, its name, ` +
      `the name of a data set in ${descriptions}, or a folder (or .tar.gz) with a folder of images per label.`,
  );
}

/** Folders of images per label, in `train/` and `test/` where there are such. */
async function classFolders(path: string, state: string): Promise<PartingConfig> {
  const root = await openData(path, state);
  const isFolder = (name: string) => existsSync(join(root, name)) && statSync(join(root, name)).isDirectory();
  const parts = isFolder('train') && isFolder('test') ? { train: 'train', test: 'test' } : {};
  const { data, split } = trainingConfig.shape;
  return { data: data.parse({ reader: 'folders', path, ...parts }), split: split.parse({}) };
}
