import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openObjectStore } from '@assay/object-store';
import { makeDriftRegistry } from '@assay/testing';
import { driftService, stateIn, temporaryFolder, until } from './drift-service.fixture.ts';
import { ago, ask, driftEvents, post } from './reports.fixture.ts';

describe('a report that the bus cannot be told of', () => {
  it('is made all the same, and told when there is a bus', async () => {
    await using folder = await temporaryFolder();
    const registry = await makeDriftRegistry(folder.path);
    const inTheWay = join(folder.path, 'bus');
    writeFileSync(inTheWay, 'not a folder');
    const environment = { MODEL_REGISTRY: registry, DRIFT_SCHEDULE: 'off', LOG_SINK: 'off' };
    let id: string;
    {
      await using service = await driftService({
        state: folder.path,
        environment: { ...environment, EVENT_BUS_URL: `sqlite:${join(inTheWay, 'events.db')}` },
      });
      const { status, body } = await post(service, { model: 'tiny', window: ago(1) });
      expect(status).toBe(201);
      id = body.id as string;
      expect((await ask(service, '/ready')).status).toBe(200);
    }
    rmSync(inTheWay);
    await using bus = await driftEvents(folder.path);
    await using service = await driftService({ state: folder.path, environment });
    await until(
      async () => bus.events.length,
      (count) => count > 0,
    );
    expect(bus.events[0]?.data).toMatchObject({ report: id, verdict: 'insufficient-data' });
    await until(
      async () => (await openObjectStore(stateIn(folder.path).OBJECT_STORE_URL)).list('drift/untold/'),
      ({ objects }) => objects.length === 0,
    );
    expect((await ask(service, '/metrics')).text).toContain('drift_verdict{model="tiny"} 1');
  });
});
