/**
 * `npm run bench` lists the benchmarks of this folder, `npm run bench -- NAME…` runs some, one after another,
 * each in a process of its own so that none measures what another left behind.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length));

/** First sentence of the comment that opens a benchmark. */
function describe(name: string): string {
  const [, sentence] =
    /^\/\*\*\s*(?:\*\s*)?(.+?\.)(?:\s|$)/s.exec(readFileSync(join(folder, `${name}.ts`), 'utf8')) ?? [];
  return (sentence ?? '').replaceAll(/\s*\n\s*\*\s*/g, ' ');
}

const [first, ...rest] = process.argv.slice(2);
if (first === undefined) {
  const width = Math.max(...names.map((name) => name.length));
  process.stdout.write('npm run bench -- NAME…\n\n');
  for (const name of names) process.stdout.write(`  ${name.padEnd(width)}  ${describe(name)}\n`);
} else {
  const wanted = [first, ...rest];
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`No benchmark is named ${unknown.join(', ')}. There are: ${names.join(', ')}\n`);
    process.exitCode = 1;
  } else {
    for (const name of wanted) {
      process.stdout.write(`\n— ${name}\n`);
      const { status } = spawnSync(process.execPath, [join(folder, `${name}.ts`)], { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  }
}
