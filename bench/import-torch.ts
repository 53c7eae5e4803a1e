/**
 * How closely an imported ResNet-18 agrees with PyTorch and Pillow, from JPEG bytes to logits. Exports the model with Debian's
 * PyTorch (python3-torch, python3-torchvision), runs `assay import` on it and prints what that found; says so where PyTorch
 * is not installed. Images: some of ../shared/datasets/birds.tar.gz where that is there, and made-up ones of many sizes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { syntheticPhoto } from './serving/photo.ts';

const TOLERANCE = '1e-4';
const SIZES: [width: number, height: number][] = [
  [3000, 2000],
  [1001, 1499],
  [640, 480],
  [256, 256],
  [225, 224],
  [97, 61],
];
const BIRDS = 6;

const root = resolve(import.meta.dirname, '..');
const python = ['/usr/bin/python3', 'python3'].find(
  (candidate) => spawnSync(candidate, ['-c', 'import torch, torchvision']).status === 0,
);
const folder = mkdtempSync(join(tmpdir(), 'assay-import-torch-'));
try {
  if (python === undefined)
    console.log('skipped: PyTorch is not installed (apt-get install python3-torch python3-torchvision)');
  else compare(python, await images());
} finally {
  rmSync(folder, { recursive: true });
}

async function images(): Promise<string[]> {
  const made = SIZES.map(async ([width, height]) => {
    const path = join(folder, `made-${width}x${height}.jpg`);
    writeFileSync(path, await syntheticPhoto(width, height));
    return path;
  });
  return [...(await Promise.all(made)), ...birds()];
}

/** Evenly over the set. */
function birds(): string[] {
  const archive = resolve(root, '../shared/datasets/birds.tar.gz');
  if (!existsSync(archive)) return [];
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  const all = globSync('**/*.jpg', { cwd: folder })
    .filter((path) => !path.startsWith('made-'))
    .sort();
  return Array.from({ length: BIRDS }, (_, index) => all[Math.floor((index * all.length) / BIRDS)]!).map(
    (path, index) => {
      const renamed = join(folder, `bird-${index}.jpg`);
      execFileSync('cp', [join(folder, path), renamed]);
      return renamed;
    },
  );
}

function compare(python: string, paths: readonly string[]): void {
  const export_ = join(folder, 'export');
  execFileSync(python, [join(import.meta.dirname, 'import/resnet18.py'), export_, ...paths], {
    stdio: 'inherit',
  });
  const labels = join(folder, 'labels.txt');
  writeFileSync(labels, Array.from({ length: 1000 }, (_, index) => `class ${index}`).join('\n'));
  const main = join(root, 'apps/trainer/src/main.ts');
  const words = [
    '--name',
    'resnet18',
    '--preprocess',
    'imagenet-224',
    '--labels',
    labels,
    '--tolerance',
    TOLERANCE,
  ];
  const model = [
    join(export_, 'model.onnx'),
    '--golden',
    join(export_, 'golden'),
    '--registry',
    join(folder, 'registry'),
  ];
  const { status, stderr } = spawnSync(process.execPath, [main, 'import', ...model, ...words], {
    encoding: 'utf8',
  });
  console.log(stderr.trim());
  if (status !== 0) process.exitCode = 1;
}
