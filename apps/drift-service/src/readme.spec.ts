import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

describe('the README', () => {
  it('has an example that prints what it says', () => {
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const [, said] = /console\.log\(.*\); \/\/ (.*)/.exec(example) ?? [];
    // Inside the workspace, where packages are found by name.
    const scratch = join(__dirname, '../../../.assay');
    mkdirSync(scratch, { recursive: true });
    const folder = mkdtempSync(join(scratch, 'readme-'));
    writeFileSync(join(folder, 'example.ts'), example);
    const { stdout, stderr } = spawnSync(process.execPath, ['example.ts'], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect({ stdout, stderr }).toEqual({ stdout: `${said}\n`, stderr: '' });
  });

  it('has every setting with its default', () => {
    const defaults = readConfig({});
    const stated = (variable: string) => new RegExp(`\\| \`${variable}\` +\\| \`(.*?)\``).exec(readme)?.[1];
    expect(stated('OBJECT_STORE_URL')).toBe(defaults.objectStore);
    expect(stated('EVENT_BUS_URL')).toBe(defaults.eventBus);
    expect(stated('LOG_SINK_SECONDS')).toBe(String(defaults.sink.ageMs / 1000));
    expect(stated('LOG_QUERY_MEMORY_MB')).toBe(String(defaults.queries.memoryBytes / 2 ** 20));
    expect(stated('LOG_CACHE_MB')).toBe(String(defaults.queries.cacheBytes / 2 ** 20));
    expect(stated('LOG_QUERIES')).toBe(String(defaults.queries.atATime));
    expect(stated('MAX_STREAMS')).toBe(String(defaults.maxStreams));
    expect(stated('MODEL_REGISTRY')).toBe(defaults.registry);
    expect(stated('DRIFT_SCHEDULE')).toBe(defaults.reports.schedule);
    expect(stated('DRIFT_WINDOW')).toBe(defaults.reports.span);
    expect(stated('LOG_LEVEL')).toBe(defaults.logLevel);
    expect(readme).toContain(`\`${defaults.port}\`, \`${defaults.host}\``);
  });
});
