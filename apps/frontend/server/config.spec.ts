import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

describe('the configuration', () => {
  it('has the defaults that the README states', () => {
    const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
    const stated = (variable: string) => new RegExp(`\\| \`${variable}\` +\\| \`(.*?)\``).exec(readme)?.[1];
    const { pageFolder, services, serviceAuth, serviceTimeoutMs, metadataHost, logLevel } = readConfig({});
    expect(stated('PAGE_FOLDER')).toBe(pageFolder);
    expect(stated('INFERENCE_URL')).toBe(services.inference);
    expect(stated('DRIFT_URL')).toBe(services.drift);
    expect(stated('SERVICE_AUTH')).toBe(serviceAuth);
    expect(stated('SERVICE_TIMEOUT_SECONDS')).toBe(String(serviceTimeoutMs / 1000));
    expect(stated('GCE_METADATA_HOST')).toBe(metadataHost);
    expect(stated('LOG_LEVEL')).toBe(logLevel);
  });

  it('names every variable at fault', () => {
    expect(() => readConfig({ PORT: 'http', INFERENCE_URL: 'ftp://x', SERVICE_AUTH: 'basic' })).toThrow(
      /PORT: .*\n.*INFERENCE_URL: .*\n.*SERVICE_AUTH: /,
    );
  });
});
