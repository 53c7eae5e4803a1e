import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from '@assay/schema';
import { driftService, publish, stateIn, temporaryFolder } from './drift-service.fixture.ts';
import { prediction } from './predictions.fixture.ts';
import { pusher } from './push.fixture.ts';
import { listenTo } from './stream.fixture.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const idsOf = (events: readonly { id?: string }[]) => events.map(({ id }) => id);

describe('the stream of predictions', () => {
  it('tells of predictions as they come, those that are asked for', async () => {
    await using service = await driftService();
    await using all = await listenTo(`${service.url}/predictions/stream`);
    await using some = await listenTo(`${service.url}/predictions/stream?model=wine`);
    expect(all.response.headers.get('content-type')).toBe('text/event-stream');
    const events = [prediction(), prediction({ model: 'wine' })];
    for (const event of events) await publish(service.folder, event);
    expect(await all.atLeast(2)).toEqual(events.map(({ id, data }) => ({ id, event: 'prediction', data })));
    expect(idsOf(await some.atLeast(1))).toEqual([events[1]!.id]);
  });

  it('goes on after the event that a listener saw last, in the order in which they came', async () => {
    await using service = await driftService();
    const events = [prediction(), prediction({ time: hoursAgo(1) }), prediction({ time: hoursAgo(2) })];
    {
      await using first = await listenTo(`${service.url}/predictions/stream`);
      for (const event of events) await publish(service.folder, event);
      await first.atLeast(3);
    }
    await using again = await listenTo(`${service.url}/predictions/stream`, { lastEventId: events[0]!.id });
    const later = prediction();
    await again.atLeast(2);
    await publish(service.folder, later);
    expect(idsOf(await again.atLeast(3))).toEqual([events[1]!.id, events[2]!.id, later.id]);
  });

  it('goes on from the log where the service has begun anew', async () => {
    await using folder = await temporaryFolder();
    const events = [
      prediction({ time: hoursAgo(3) }),
      prediction({ time: hoursAgo(2) }),
      prediction({ time: hoursAgo(1) }),
    ];
    {
      await using before = await driftService({ state: folder.path });
      await using stream = await listenTo(`${before.url}/predictions/stream`);
      await publish(folder.path, ...events);
      await stream.atLeast(3);
    }
    await using service = await driftService({ state: folder.path });
    await using again = await listenTo(`${service.url}/predictions/stream`, { lastEventId: events[0]!.id });
    expect(idsOf(await again.atLeast(2))).toEqual([events[1]!.id, events[2]!.id]);
  });

  it('says how far back it goes to one who was away for long', async () => {
    await using service = await driftService();
    await using stream = await listenTo(`${service.url}/predictions/stream`, {
      lastEventId: uuidV7({ now: hoursAgo(30).getTime() }),
    });
    const [gap] = await stream.atLeast(1);
    expect(gap).toMatchObject({ event: 'gap', data: { before: expect.stringMatching(/Z$/) } });
  });

  it('follows the log where others write it', async () => {
    await using writer = await driftService({ environment: { LOG_SINK_SECONDS: '1' } });
    await using reader = await driftService({ environment: { ...stateIn(writer.folder), LOG_SINK: 'off' } });
    await using stream = await listenTo(`${reader.url}/predictions/stream`);
    const event = prediction();
    await publish(writer.folder, event);
    expect(idsOf(await stream.atLeast(1))).toEqual([event.id]);
  });

  it('tells at once of what is pushed by who may push', async () => {
    const identity = {
      audience: 'https://drift.example/events/predictions',
      serviceAccount: 'pusher@project',
    };
    const { push, certificates } = pusher(identity);
    await using service = await driftService({
      environment: {
        LOG_SINK: 'off',
        PUSH_AUDIENCE: identity.audience,
        PUSH_SERVICE_ACCOUNT: identity.serviceAccount,
      },
      options: { certificates },
    });
    await using stream = await listenTo(`${service.url}/predictions/stream`);
    const url = `${service.url}/events/predictions`;
    const event = prediction();
    expect(await push(url, event, 'Bearer made.it.up')).toBe(401);
    expect(await push(url, { ...event, type: 'assay.prediction.made.v9' })).toBe(422);
    expect(await push(`${service.url}/events/models`, event)).toBe(400);
    expect(await push(url, event)).toBe(204);
    expect(await stream.atLeast(1)).toEqual([{ id: event.id, event: 'prediction', data: event.data }]);
  });

  it('ends with the service', async () => {
    await using service = await driftService();
    await using stream = await listenTo(`${service.url}/predictions/stream`);
    expect(await service.stop()).toBe(true);
    await stream.ended;
  });

  it('lets in as many listeners as it is told, and the next when one leaves', async () => {
    await using service = await driftService({ environment: { MAX_STREAMS: '1' } });
    const url = `${service.url}/predictions/stream`;
    {
      await using _first = await listenTo(url);
      expect((await fetch(url)).status).toBe(429);
    }
    for (let status = 429; status !== 200;) {
      const response = await fetch(url);
      status = response.status;
      await response.body?.cancel();
    }
  });

  it('answers HEAD without going on, and refuses a Last-Event-ID that it never gave', async () => {
    await using service = await driftService();
    const head = await fetch(`${service.url}/predictions/stream`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const wrong = await fetch(`${service.url}/predictions/stream`, {
      headers: { 'last-event-id': 'seventh' },
    });
    expect(wrong.status).toBe(400);
  });

  it('lets go of a listener who vanishes', async () => {
    await using service = await driftService();
    const asked = request(`${service.url}/predictions/stream`).end();
    await once(asked, 'response');
    asked.destroy();
    const streams = async () =>
      /prediction_streams (\d+)/.exec(await (await fetch(`${service.url}/metrics`)).text())?.[1];
    while ((await streams()) !== '0') await new Promise(setImmediate);
  });
});
