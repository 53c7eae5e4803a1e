/**
 * What `cifake` reaches beside a PyTorch net of the same layers, trained on the same parts for the same time. Runs
 * `assay train configs/cifake.yaml`, then Debian's PyTorch (python3-torch, python3-pil) for as many seconds as that took. Needs
 * .assay/data/cifake, which the first lines of the configuration say how to make.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openRegistry } from '@assay/model-registry';
import { isTrained } from '@assay/schema';

const root = resolve(import.meta.dirname, '..');
const python = ['/usr/bin/python3', 'python3'].find(
  (candidate) => spawnSync(candidate, ['-c', 'import torch, PIL']).status === 0,
);
const write = (line: string) => process.stdout.write(`${line}\n`);

interface Result {
  epochs: number;
  seconds: number;
  accuracy: number;
  auroc: number;
}

function print(name: string, { epochs, seconds, accuracy, auroc }: Result): void {
  write(
    `${name.padEnd(8)} ${epochs} epochs, ${seconds.toFixed(0)} s: ` +
      `accuracy ${accuracy.toFixed(3)}, AUROC ${auroc.toFixed(3)} on the test part`,
  );
}

async function trainHere(folder: string): Promise<{ split: string; seconds: number }> {
  const registry = join(folder, 'registry');
  const main = join(root, 'apps/trainer/src/main.ts');
  const settings = [`registry=${registry}`, 'robustness=null', 'explanations=null', ...process.argv.slice(2)];
  const words = ['train', 'configs/cifake.yaml', ...settings, '--state', folder];
  execFileSync(process.execPath, [main, ...words], { cwd: root, stdio: 'ignore' });
  const { manifest } = await openRegistry(registry).resolve('cifake');
  if (!isTrained(manifest)) throw new Error('Expected the package of a training run.');
  const { durationSeconds, config } = manifest.provenance;
  const [run = ''] = readdirSync(join(folder, 'runs'));
  const { accuracy = Number.NaN, auroc = Number.NaN } = manifest.metrics;
  const { epochs } = config as { epochs: number };
  print('Assay', { epochs, seconds: durationSeconds, accuracy, auroc });
  return { split: join(folder, 'runs', run, 'split.json'), seconds: durationSeconds };
}

if (python === undefined)
  write('skipped: PyTorch is not installed (apt-get install python3-torch python3-pil)');
else if (!existsSync(join(root, '.assay/data/cifake')))
  write('skipped: needs .assay/data/cifake, see configs/cifake.yaml');
else {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cifake-'));
  try {
    const { split, seconds } = await trainHere(folder);
    const script = join(import.meta.dirname, 'cifake/torch_net.py');
    const said = execFileSync(python, [script, split, root, String(seconds)], { encoding: 'utf8' });
    const torch = JSON.parse(said) as Result & { parameters: number };
    print('PyTorch', torch);
    write(`Both have the layers of configs/cifake.yaml: ${torch.parameters} parameters.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
