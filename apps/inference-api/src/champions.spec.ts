import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openEventBus } from '@assay/event-bus';
import { openRegistry } from '@assay/model-registry';
import { createEvent, uuidV7, type Prediction } from '@assay/schema';
import { makePng, makeTinyPackage, type TinyPackageOptions } from '@assay/testing';
import { realService, stateIn } from './real-service.fixture.ts';

type Service = Awaited<ReturnType<typeof realService>>;

const image = new Uint8Array(makePng(16, 16, [200, 200, 200]));
const predict = (service: Service) => fetch(`${service.url}/predict`, { method: 'POST', body: image });
const versionOf = async (response: Response) => ((await response.json()) as Prediction).model.version;
const modelsOf = async (service: Service) =>
  (
    (await (await fetch(`${service.url}/models`)).json()) as {
      models: { refused?: { version: string; reason: string } }[];
    }
  ).models;

async function promote({ folder }: Service, version: string, options: TinyPackageOptions = {}) {
  const registry = openRegistry(folder);
  if (!(await registry.versions('tiny')).includes(version))
    await makeTinyPackage(join(folder, 'tiny', version), { ...options, version });
  await registry.setAlias('tiny', 'champion', version);
}

async function tell({ state }: Service, version: string) {
  const bus = await openEventBus(stateIn(state).EVENT_BUS_URL);
  await bus.publish(
    'models',
    createEvent({
      type: 'assay.model.promoted.v1',
      id: uuidV7(),
      source: '/assay',
      time: new Date(),
      data: { model: 'tiny', alias: 'champion', version },
    }),
  );
  await bus.close();
}

/** Gives up before the test is given up, so that nothing goes on behind the next one. */
const until = async (holds: () => Promise<boolean>) => {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it does not come about');
    await delay(20);
  }
};

describe('a new champion', () => {
  it('takes the place of the old one without a failed request, as soon as the bus tells of it', async () => {
    await using service = await realService({ packages: [{}], environment: { MODEL_POLL_SECONDS: '3600' } });
    const versions: string[] = [];
    const failures: number[] = [];
    let isOver = false;
    const lane = async () => {
      while (!isOver) {
        const response = await predict(service);
        if (response.status === 200) versions.push(await versionOf(response));
        else failures.push(response.status);
      }
    };
    const lanes = [lane(), lane(), lane()];
    await until(async () => versions.length > 5);
    try {
      for (const version of ['1.1.0', '1.2.0']) {
        await promote(service, version);
        await tell(service, version);
        await until(async () => versions.at(-1) === version);
      }
    } finally {
      isOver = true;
      await Promise.all(lanes);
    }
    expect(failures).toEqual([]);
    expect([...new Set(versions)]).toEqual(['1.0.0', '1.1.0', '1.2.0']);
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
  }, 60_000);

  it('is found by looking where the bus tells of nothing', async () => {
    await using service = await realService({ packages: [{}], environment: { MODEL_POLL_SECONDS: '1' } });
    await promote(service, '1.1.0');
    await until(async () => (await versionOf(await predict(service))) === '1.1.0');
    expect(await (await fetch(`${service.url}/metrics`)).text()).toContain(
      'model_loads_total{model="tiny",outcome="served"} 2',
    );
  });

  it('that does not give its golden answers is refused and reported, and the old one goes on', async () => {
    await using service = await realService({ packages: [{}], environment: { MODEL_POLL_SECONDS: '3600' } });
    await promote(service, '2.0.0', { goldenFault: 1 });
    await tell(service, '2.0.0');
    await until(async () => (await modelsOf(service))[0]?.refused !== undefined);
    expect(await modelsOf(service)).toMatchObject([
      { version: '1.0.0', refused: { version: '2.0.0', reason: expect.stringContaining('golden input') } },
    ]);
    expect(await versionOf(await predict(service))).toBe('1.0.0');
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    expect(await (await fetch(`${service.url}/metrics`)).text()).toContain(
      'model_loads_total{model="tiny",outcome="refused"} 1',
    );
    await promote(service, '1.0.0');
    await tell(service, '1.0.0');
    await until(async () => (await modelsOf(service))[0]?.refused === undefined);
  });

  it('makes a service ready that had none, or a broken one', async () => {
    await using service = await realService({
      packages: [{ goldenFault: 1 }],
      environment: { MODEL_POLL_SECONDS: '3600' },
    });
    expect((await fetch(`${service.url}/ready`)).status).toBe(503);
    await promote(service, '1.0.1');
    await tell(service, '1.0.1');
    await until(async () => (await fetch(`${service.url}/ready`)).status === 200);
    expect(await versionOf(await predict(service))).toBe('1.0.1');
  });
});
