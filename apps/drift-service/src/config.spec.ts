import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('writes the log where the bus does not, unless it is told', () => {
    const isOn = (environment: Record<string, string>) => readConfig(environment).sink.isOn;
    expect(isOn({})).toBe(true);
    expect(isOn({ EVENT_BUS_URL: 'pubsub://project' })).toBe(false);
    expect(isOn({ EVENT_BUS_URL: 'pubsub://project', LOG_SINK: 'on' })).toBe(true);
    expect(isOn({ LOG_SINK: 'off' })).toBe(false);
  });

  it('takes pushes where it knows both for whom and by whom', () => {
    expect(readConfig({}).push).toBeUndefined();
    const push = { PUSH_AUDIENCE: 'https://here', PUSH_SERVICE_ACCOUNT: 'pusher@project' };
    expect(readConfig(push).push).toEqual({ audience: 'https://here', serviceAccount: 'pusher@project' });
    for (const missing of Object.keys(push))
      expect(() => readConfig({ ...push, [missing]: '' })).toThrow(`${missing}: is required where the other`);
  });

  it('knows when champions are judged, and who is told', () => {
    const { schedule, span, webhook, publicUrl } = readConfig({
      DRIFT_SCHEDULE: '0 6 * * 1',
      DRIFT_WINDOW: '7d',
      DRIFT_WEBHOOK_URL: 'https://hooks.slack.example/services/a',
      PUBLIC_URL: 'https://drift.example/',
    }).reports;
    expect([schedule, span, webhook, publicUrl]).toEqual([
      '0 6 * * 1',
      '7d',
      'https://hooks.slack.example/services/a',
      'https://drift.example',
    ]);
    expect(readConfig({ DRIFT_SCHEDULE: 'off' }).reports.schedule).toBeUndefined();
    for (const [variable, value] of [
      ['DRIFT_SCHEDULE', 'hourly'],
      ['DRIFT_SCHEDULE', '* * * * * *'],
      ['DRIFT_SCHEDULE', '61 * * * *'],
      ['DRIFT_WINDOW', '1w'],
      ['DRIFT_KEEP_DAYS', '-1'],
      ['DRIFT_WEBHOOK_URL', 'file:///etc/passwd'],
      ['PUBLIC_URL', 'drift.example'],
    ] as const)
      expect(() => readConfig({ [variable]: value })).toThrow(`${variable}: expected`);
  });

  it('keeps reports for some months, or for ever', () => {
    const days = (text?: string) =>
      readConfig(text === undefined ? {} : { DRIFT_KEEP_DAYS: text }).reports.keepDays;
    expect([days(), days('30'), days('0')]).toEqual([90, 30, undefined]);
  });

  it('names every variable at fault', () => {
    expect(() =>
      readConfig({ PORT: 'http', OBJECT_STORE_URL: 's3://b', EVENT_BUS_URL: 'sqlite:', LOG_SINK: 'yes' }),
    ).toThrow(/PORT: [\s\S]*OBJECT_STORE_URL: [\s\S]*EVENT_BUS_URL: [\s\S]*LOG_SINK: expected on or off/);
  });
});
