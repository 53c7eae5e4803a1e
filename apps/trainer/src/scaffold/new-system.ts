import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AssayError, modelName } from '@assay/schema';
import type { Output } from '../output.ts';
import { imageRecipe } from './image-recipe.ts';
import { lookAtImages } from './look-at-images.ts';
import { lookAtTables } from './look-at-tables.ts';
import { name as quoted } from './recipe.ts';
import { tableRecipe } from './table-recipe.ts';
import type { Task } from './task.ts';

/** What `assay new` was asked to do. */
export interface NewSystemRequest {
  name: string;
  task: Task;
  /** Labelled images (a folder per label, or an archive) or CSV; where they will be if left out. */
  data?: string | undefined;
  /** Column of the labels, for tables. */
  label?: string | undefined;
  /** Folder that configurations are written to. */
  configs: string;
  state: string;
}

/**
 * Writes the configurations of a new system, fitted to its data where there is some, and says what to do next.
 *
 * @returns the training configuration and the description of the data
 * @throws AssayError `invalid-configuration` for a name that cannot be one or is taken, `invalid-dataset` for data with faults;
 *   nothing is written then
 */
export async function newSystem(
  request: NewSystemRequest,
  output: Output,
): Promise<{ config: string; data: string }> {
  const { name, configs, state } = request;
  const parsed = modelName.safeParse(name);
  if (!parsed.success)
    throw new AssayError(
      'invalid-configuration',
      `"${name}" cannot name a system: ${parsed.error.issues[0]!.message}.`,
    );
  const files = { config: join(configs, `${name}.yaml`), data: join(configs, 'data', `${name}.yaml`) };
  const taken = Object.values(files).filter((file) => existsSync(file));
  if (taken.length > 0)
    throw new AssayError(
      'invalid-configuration',
      `${taken.join(' and ')} exist(s) already; choose another name.`,
    );

  const path = request.data ?? join('data', name);
  const { recipe, found } = await recipeOf(request, path, state);
  await mkdir(join(configs, 'data'), { recursive: true });
  await writeFile(files.config, recipe, { flag: 'wx' });
  await writeFile(files.data, descriptionOf(name, path), { flag: 'wx' });
  for (const line of found) output.note(line);
  for (const line of nextSteps(request, files.config, path)) output.line(line);
  return files;
}

async function recipeOf(
  { name, task, data, label }: NewSystemRequest,
  path: string,
  state: string,
): Promise<{ recipe: string; found: string[] }> {
  if (task === 'image') {
    if (data === undefined) return { recipe: imageRecipe({ name, path }), found: [] };
    const facts = await lookAtImages(path, state);
    const found = `${facts.count} ${facts.grey ? 'grey ' : ''}images of ${facts.labels.length} labels, mostly ${facts.side} pixels on the shorter side.`;
    return { recipe: imageRecipe({ name, path }, facts), found: [found] };
  }
  if (data === undefined) return { recipe: tableRecipe({ name, path }), found: [] };
  const facts = await lookAtTables(path, label);
  return {
    recipe: tableRecipe({ name, path: facts.folder }, facts),
    found: [
      `${facts.rows} rows, ${facts.features.length} features, ${facts.labels.length} labels in the column "${facts.labelColumn}".`,
      ...facts.leftOut.map(({ column, why }) => `Column "${column}" is left out: ${why}.`),
    ],
  };
}

function descriptionOf(name: string, path: string): string {
  // Relative where it was given so: the configuration moves with the project.
  const url = path.startsWith('/') ? pathToFileURL(resolve(path)).href : `file:${path}`;
  return `description: Data of ${name}.
terms: Not stated. Write down who made it and what may be done with it.
target: .assay/datasets/${name}
sources:
  - type: url
    url: ${quoted(url)}
`;
}

function nextSteps({ name, task, data }: NewSystemRequest, config: string, path: string): string[] {
  const ask =
    task === 'image'
      ? `curl -F image=@photo.jpg 'http://localhost:8081/predict?model=${name}'`
      : `curl -H 'content-type: application/json' -d '{"feature": 1}' 'http://localhost:8081/predict?model=${name}'`;
  const layout =
    task === 'image'
      ? `a folder of images per label into ${path}`
      : `table.csv with a column "label" into ${path}`;
  const commands = [
    ...(data === undefined ? [] : [`npm run assay -- data stats ${config}`]),
    `npm run assay -- train ${config}`,
    'MODEL_REGISTRY=.assay/registry npm start',
    ask,
  ];
  return [
    `Written: ${config} and its data's description. Next:`,
    ...(data === undefined ? [`  put ${layout}`] : []),
    ...commands.map((command) => `  ${command}`),
  ];
}
