/**
 * Which share of images of something else a model takes for its own:
 *   npm run bench -- scope
 *   node bench/scope.ts [package folder ...]
 * Rows: image models that have a scope gate. Columns: what the gate keeps of the model's own test part (from its package), and of 200
 * images of each other data set under ../shared/datasets, drawn evenly.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackage } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';

const SAMPLE = 200;
const root = join(import.meta.dirname, '..');
const datasets = join(root, '../shared/datasets');
const archives = ['faces-ai-vs-real', 'birds', 'leaves', 'cifar10'];

/** Some images of a data set, unpacked into a folder. */
function sampleOf(name: string, folder: string): string[] {
  const archive = join(datasets, `${name}.tar.gz`);
  const images = execFileSync('tar', ['tzf', archive], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\n')
    .filter((path) => /\.(?:jpe?g|png)$/iu.test(path))
    .sort();
  const chosen = images.filter((_, index) => index % Math.ceil(images.length / SAMPLE) === 0);
  execFileSync('tar', ['xzf', archive, '-C', folder, ...chosen]);
  return chosen.map((path) => join(folder, path));
}

const registry = join(root, 'models');
const packages =
  process.argv.length > 2
    ? process.argv.slice(2)
    : readdirSync(registry).map((name) =>
        join(registry, name, readFileSync(join(registry, name, 'champion'), 'utf8').trim()),
      );
if (!existsSync(datasets)) {
  process.stdout.write(`needs ${datasets}\n`);
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'assay-scope-'));
try {
  const samples = archives.map((name) => ({ name, files: sampleOf(name, folder) }));
  for (const path of packages) {
    const model = await readPackage(path);
    const { name, version, scopeGate, evaluation, provenance } = model.manifest;
    if (scopeGate === undefined || model.manifest.preprocessing.kind !== 'image') continue;
    const own = 'dataset' in provenance ? provenance.dataset.name : undefined;
    const kept = evaluation?.decisions.insideScope;
    process.stdout.write(
      `${name}@${version}, ${scopeGate.method}: ${kept === undefined ? '?' : (100 * kept).toFixed(1)} % of its test part in scope\n`,
    );
    const classifier = await openClassifier(model);
    for (const { name: other, files } of samples) {
      if (other === own) continue;
      let inside = 0;
      for (const file of files)
        if ((await classifier.classify({ bytes: readFileSync(file) })).answer.scope?.inside === true)
          inside++;
      const share = ((100 * inside) / files.length).toFixed(1).padStart(5);
      process.stdout.write(`  ${share} % of ${files.length} images of ${other}\n`);
    }
    await classifier.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}
