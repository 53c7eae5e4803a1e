import { describe, expect, it } from '@jest/globals';
import { createServedModels, type LoadedModel } from './served-models.ts';

function model(version: string, closed: string[], name = 'm'): LoadedModel {
  const close = async () => void closed.push(version);
  return { package: { name, version }, classifier: { close, depth: 1 } } as unknown as LoadedModel;
}

describe('the served models', () => {
  it('close one whose place was taken when the last that works with it is done', async () => {
    const closed: string[] = [];
    const models = createServedModels('m');
    models.serve(model('1', closed));
    const first = models.lease();
    const second = models.lease('m', '1');
    models.serve(model('2', closed));
    expect([models.find().package.version, models.depth]).toEqual(['2', 2]);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    expect(closed).toEqual([]);
    expect(second.model.package.version).toBe('1');
    second[Symbol.dispose]();
    expect([closed, models.depth]).toEqual([['1'], 1]);
    await models.close();
    expect(closed).toEqual(['1', '2']);
  });

  it('close at once where nobody works with one, and wait for those that do', async () => {
    const closed: string[] = [];
    const models = createServedModels('m');
    models.serve(model('1', closed));
    models.serve(model('2', closed));
    expect(closed).toEqual(['1']);
    const lease = models.lease();
    let isDone = false;
    const done = models.close().then(() => (isDone = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDone).toBe(false);
    lease[Symbol.dispose]();
    await done;
    expect(closed).toEqual(['1', '2']);
  });

  it('tell a refused champion from a model that is not served at all, until another version is', () => {
    const models = createServedModels('m');
    models.refuse('m', { version: '1', reason: 'broken' });
    expect(() => models.find()).toThrow(expect.objectContaining({ code: 'not-ready' }));
    models.serve(model('2', []));
    models.refuse('m', { version: '3', reason: 'worse' });
    expect(models.find().package.version).toBe('2');
    expect([models.failures.size, models.refusals.get('m')]).toEqual([0, { version: '3', reason: 'worse' }]);
    models.accept('m');
    expect(models.refusals.size).toBe(0);
  });

  it('do not call a model unknown that may be loaded in a moment', () => {
    let isLoading = true;
    const models = createServedModels('m', () => isLoading);
    models.serve(model('1', []));
    expect(() => models.find('other')).toThrow(expect.objectContaining({ code: 'not-ready' }));
    expect(models.find().package.version).toBe('1');
    isLoading = false;
    expect(() => models.find('other')).toThrow(expect.objectContaining({ code: 'unknown-model' }));
  });
});
