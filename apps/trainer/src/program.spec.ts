import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { recordingOutput } from './output.ts';
import { buildProgram } from './program.ts';

function run(...words: string[]) {
  const output = recordingOutput();
  const statuses: number[] = [];
  const program = buildProgram({
    output,
    signal: new AbortController().signal,
    exit: (status) => statuses.push(status),
  });
  // Throw where commander would end the process.
  for (const command of [program, ...program.commands]) command.exitOverride();
  return { output, statuses, ended: program.parseAsync(words, { from: 'user' }) };
}

describe('assay', () => {
  it('lists its commands with --help', async () => {
    const { output, ended } = run('--help');
    await expect(ended).rejects.toMatchObject({ code: 'commander.helpDisplayed' });
    expect(output.lines.join('\n')).toMatch(/train[^]*evaluate[^]*predict/);
  });

  it('names an unknown command and shows the help', async () => {
    const { output, ended } = run('trian');
    await expect(ended).rejects.toMatchObject({ code: 'commander.unknownCommand' });
    expect(output.notes.join('\n')).toMatch(/unknown command 'trian'[^]*Usage: assay/);
  });

  it('wants a configuration to train', async () => {
    await expect(run('train').ended).rejects.toThrow('Name a configuration');
  });

  it('refuses a variant and a constant that it does not know', async () => {
    await expect(run('evaluate', 'm', 'd', '--variant', 'fp16').ended).rejects.toThrow(
      'Expected fp32 or int8',
    );
    await expect(run('evaluate', 'm', 'd', '--constant', 'white').ended).rejects.toThrow(
      'Expected feature=number',
    );
  });

  it('says which models there are when one is not known', async () => {
    const { ended } = run('predict', 'x.png', '--model', 'nothing-like-it', '--registry', '/nowhere');
    await expect(ended).rejects.toThrow('No package at or named "nothing-like-it"; known in /nowhere: none.');
  });

  it('loads what a command needs only when that command runs', async () => {
    const program = join(import.meta.dirname, 'program.ts');
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = new Set();
      registerHooks({
        load: (url, context, next) => {
          loaded.add(url);
          return next(url, context);
        },
      });
      const { buildProgram } = await import(${JSON.stringify(program)});
      buildProgram({ output: { line: () => {}, note: () => {} } }).helpInformation();
      console.log(JSON.stringify([...loaded]));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const loaded = JSON.parse(stdout) as string[];
    expect(loaded.some((url) => url.endsWith('/train.command.ts'))).toBe(true);
    expect(loaded.some((url) => url.endsWith('/train.ts'))).toBe(false);
    const packages = loaded.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
    const others = loaded.filter((url) => url.includes('/libs/'));
    expect([...new Set([...packages, ...others])]).toEqual(['commander']);
  });
});
