/**
 * How closely imported scikit-learn classifiers agree with scikit-learn, from rows of features to probabilities. Fits them with Debian's
 * scikit-learn (python3-sklearn), writes them in the operators that skl2onnx writes, as that is no Debian package, runs
 * `assay import` on each with a tenth of the rows, and prints what that found.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { graphOf, type FittedModel } from './import/sklearn-graphs.ts';

const TOLERANCE = '1e-5';

const root = resolve(import.meta.dirname, '..');
const python = ['/usr/bin/python3', 'python3'].find(
  (candidate) => spawnSync(candidate, ['-c', 'import sklearn']).status === 0,
);
const write = (line: string) => process.stdout.write(`${line}\n`);

function compare(model: FittedModel, folder: string): void {
  const { name, features, rows, probabilities } = model;
  const file = join(folder, `${name}.onnx`);
  writeFileSync(file, graphOf(model));
  const preprocess = join(folder, `${name}.yaml`);
  writeFileSync(preprocess, `features: ${JSON.stringify(features)}\n`);
  const golden = join(folder, `${name}-golden`);
  mkdirSync(golden);
  for (const [at, row] of rows.entries()) {
    const named = Object.fromEntries(features.map((feature, column) => [feature, row[column]]));
    writeFileSync(join(golden, `${at}.json`), JSON.stringify(named));
    writeFileSync(join(golden, `${at}.expected.json`), JSON.stringify(probabilities[at]));
  }
  const main = join(root, 'apps/trainer/src/main.ts');
  const words = ['--name', name, '--preprocess', preprocess, '--golden', golden, '--tolerance', TOLERANCE];
  const { status, stderr } = spawnSync(
    process.execPath,
    [main, 'import', file, ...words, '--registry', join(folder, 'registry')],
    { encoding: 'utf8' },
  );
  write(`\n${name}\n${stderr.trim()}`);
  if (status !== 0) process.exitCode = 1;
}

if (python === undefined) write('skipped: scikit-learn is not installed (apt-get install python3-sklearn)');
else {
  const folder = mkdtempSync(join(tmpdir(), 'assay-import-sklearn-'));
  try {
    const script = join(import.meta.dirname, 'import/sklearn_models.py');
    const printed = execFileSync(python, [script], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    for (const line of printed.trim().split('\n')) compare(JSON.parse(line) as FittedModel, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
