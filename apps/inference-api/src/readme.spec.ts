import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';
import { realService } from './real-service.fixture.ts';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

describe('the README', () => {
  it('has an example that prints what it says', async () => {
    await using service = await realService({ packages: [{}] });
    const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const said = /console\.log\(.*\); \/\/ (.*)/.exec(example)?.[1];
    const code = example.replace(`'models'`, JSON.stringify(service.folder));
    // A file, as workers do not start under --eval, and inside the workspace, where packages are found by name.
    const scratch = join(__dirname, '../../../.assay');
    mkdirSync(scratch, { recursive: true });
    const file = join(mkdtempSync(join(scratch, 'readme-')), 'example.ts');
    writeFileSync(file, code);
    const run = spawnSync(process.execPath, [file], { cwd: dirname(file), encoding: 'utf8' });
    rmSync(dirname(file), { recursive: true });
    expect(run.stderr).toBe('');
    expect(run.stdout).toBe(`${said}\n`);
  });

  it('has every setting with its default', () => {
    const defaults = readConfig({});
    const stated = (variable: string) => new RegExp(`\\| \`${variable}\` +\\| \`(.*?)\``).exec(readme)?.[1];
    expect(stated('MODEL_REGISTRY')).toBe(defaults.registry);
    expect(stated('DEFAULT_MODEL')).toBe(defaults.defaultModel);
    expect(stated('OTHER_WORKERS')).toBe(String(defaults.otherWorkers));
    expect(stated('QUEUE_LIMIT')).toBe(String(defaults.queueLimit));
    expect(stated('MAX_UPLOAD_BYTES')).toBe(String(defaults.limits.fileBytes));
    expect(stated('MAX_BATCH_BYTES')).toBe(String(defaults.limits.batchBytes));
    expect(stated('MAX_BATCH_INPUTS')).toBe(String(defaults.limits.batchInputs));
    expect(stated('MAX_INPUT_PIXELS')).toBe(String(defaults.maxInputPixels));
    expect(stated('MODEL_POLL_SECONDS')).toBe(String(defaults.modelPollMs / 1000));
    expect(stated('EVENT_BUS_URL')).toBe(defaults.eventBus);
    expect(stated('OBJECT_STORE_URL')).toBe(defaults.objectStore);
    expect(stated('PREDICTION_LOG_DELIVERY')).toBe(defaults.predictionLog.delivery);
    expect(stated('PREDICTION_LOG_TIMEOUT_MS')).toBe(String(defaults.predictionLog.timeoutMs));
    expect(stated('PREDICTION_LOG_OUTBOX')).toBe(defaults.predictionLog.outbox);
    expect(stated('PREDICTION_LOG_OUTBOX_BYTES')).toBe(String(defaults.predictionLog.outboxBytes));
    expect(stated('LOG_IMAGES')).toBe(defaults.predictionLog.images.keep);
    expect(stated('LOG_IMAGES_TTL_DAYS')).toBe(String(defaults.predictionLog.imagesTtlDays));
    expect(stated('LOG_LEVEL')).toBe(defaults.logLevel);
    expect(readme).toContain(`\`${defaults.port}\`, \`${defaults.host}\``);
  });
});
