import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkEvent, createEvent, eventTypes, topicOf, topics } from './index.ts';

const event = createEvent({
  type: 'assay.model.promoted.v1',
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  source: '/trainer',
  time: new Date(Date.UTC(2026, 4, 1, 7)),
  subject: 'birds',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  data: { model: 'birds', alias: 'champion', version: '1.1.0', previous: '1.0.0' },
});

const refused = (value: unknown) => {
  try {
    checkEvent(value);
  } catch (error) {
    return error as Error & { code: string; extensions: { fault: string } };
  }
  throw new Error('it was accepted');
};

describe('createEvent', () => {
  it('writes the attributes that CloudEvents asks for', () => {
    expect(event).toEqual({
      specversion: '1.0',
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      source: '/trainer',
      type: 'assay.model.promoted.v1',
      time: '2026-05-01T07:00:00.000Z',
      datacontenttype: 'application/json',
      subject: 'birds',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      data: { model: 'birds', alias: 'champion', version: '1.1.0', previous: '1.0.0' },
    });
  });
});

describe('checkEvent', () => {
  it('gives back the very event, with members that it does not know', () => {
    expect(checkEvent(event)).toBe(event);
    const later = { ...event, tenant: 'a', count: 1, flag: true, data: { ...event.data, note: 'new' } };
    expect(checkEvent(later)).toBe(later);
  });

  it.each([
    ['nothing', undefined, 'malformed', /Expected a CloudEvent 1.0 in JSON/],
    ['a list', [event], 'malformed', /Expected a CloudEvent/],
    ['another version of CloudEvents', { ...event, specversion: '0.3' }, 'malformed', /specversion: /],
    ['no id', { ...event, id: '' }, 'malformed', /id: /],
    ['a time without zone', { ...event, time: '2026-05-01T07:00:00' }, 'malformed', /time: /],
    ['an attribute with a capital', { ...event, traceParent: '00' }, 'malformed', /traceParent: expected/],
    ['an attribute that is an object', { ...event, extra: {} }, 'malformed', /extra: expected attributes/],
    ['an attribute that is a fraction', { ...event, extra: 0.5 }, 'malformed', /extra: expected attributes/],
    ['another type', { ...event, type: 'com.example.sold' }, 'unknown-type', /No event is of type "com/],
    [
      'a type without version',
      { ...event, type: 'assay.model.promoted' },
      'unknown-type',
      /there are: assay/,
    ],
    ['version 0', { ...event, type: 'assay.model.promoted.v0' }, 'unknown-type', /No event is of type/],
    [
      'a newer version',
      { ...event, type: 'assay.model.promoted.v2', data: null },
      'unknown-version',
      /of the topic models this release knows assay\.model\.promoted\.v1 only: a newer release sent it, update/,
    ],
    ['other data', { ...event, data: { model: 'birds' } }, 'invalid-data', /alias: .*; version: /],
    ['no data', { ...event, data: undefined }, 'invalid-data', /are not assay\.model\.promoted\.v1: event: /],
  ])('refuses %s', (_name, value, fault, message) => {
    const error = refused(value);
    expect(error).toMatchObject({ name: 'AssayError', code: 'invalid-event', extensions: { fault } });
    expect(error.message).toMatch(message);
  });

  it('refuses anything else with a sentence, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(refused(value).code).toBe('invalid-event');
      }),
    );
  });
});

describe('topicOf', () => {
  it('knows one topic for every type and one type at least for every topic', () => {
    expect(Object.keys(eventTypes).map(topicOf).toSorted()).toEqual(topics.toSorted());
    expect(topicOf('assay.prediction.made.v1')).toBe('predictions');
  });

  it('sends newer versions where the known ones go', () => {
    expect(topicOf('assay.feedback.given.v12')).toBe('feedback');
    expect(() => topicOf('assay.feedback.taken.v1')).toThrow(/No event is of type/);
    expect(() => topicOf('toString')).toThrow(/No event is of type/);
  });
});
