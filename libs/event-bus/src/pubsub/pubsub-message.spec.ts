import { describe, expect, it } from '@jest/globals';
import { promotion } from '../spec-support/events.ts';
import { pubsubError } from './pubsub-error.ts';
import { messageOf } from './pubsub-message.ts';

describe('messageOf', () => {
  it('is the event as one line, with its attributes beside it', () => {
    const event = promotion(1);
    const { data, attributes, orderingKey } = messageOf(event, JSON.stringify(event), 'birds');
    expect(JSON.parse(data.toString())).toEqual(event);
    expect(data.includes('\n')).toBe(false);
    expect(orderingKey).toBe('birds');
    expect(attributes).toEqual({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'ce-specversion': '1.0',
      'ce-id': 'promotion-1',
      'ce-source': '/spec',
      'ce-type': 'assay.model.promoted.v1',
      'ce-time': '2026-05-01T07:00:00.000Z',
      'ce-subject': 'birds',
    });
    expect(messageOf(event, '')).not.toHaveProperty('orderingKey');
  });
});

describe('pubsubError', () => {
  it.each([
    [5, 'invalid-configuration', /has no topic models .*infra/],
    [7, 'bus-forbidden', /check the credentials .*roles\/pubsub\.publisher/],
    [16, 'bus-forbidden', /check the credentials/],
    [3, 'bad-request', /does not understand/],
    [14, 'bus-unavailable', /cannot be reached/],
    [undefined, 'bus-unavailable', /cannot be reached/],
  ])('tells people what status %s means', (status, code, message) => {
    const cause = Object.assign(new Error('it failed'), { code: status });
    const error = pubsubError(cause, { url: 'pubsub://project', what: 'topic models' });
    expect(error).toMatchObject({ name: 'AssayError', code, cause });
    expect(error.message).toMatch(message);
    expect(pubsubError(error, { url: '', what: '' })).toBe(error);
  });
});
