import { describe, expect, it } from '@jest/globals';
import { logColumns } from './columns.ts';

describe('the columns of the log', () => {
  it('are the members of the record, each once, as paths in snake case', () => {
    const { predictions, feedback } = logColumns;
    expect(predictions.get('answer_scores')).toEqual({
      name: 'answer_scores',
      path: ['data', 'answer', 'scores'],
      type: 'map',
    });
    expect(predictions.get('input_properties_jpeg_quality')).toMatchObject({ type: 'number' });
    expect(predictions.get('input_width')).toMatchObject({ type: 'integer' });
    expect(predictions.get('answer_embedding')).toMatchObject({ type: 'numbers' });
    expect(predictions.get('stages')).toMatchObject({ type: 'map' });
    expect(predictions.get('input_stored')).toMatchObject({ type: 'boolean' });
    expect(predictions.get('time')).toEqual({ name: 'time', path: ['time'], type: 'time' });
    expect([...feedback.keys()].toSorted()).toEqual(
      [
        'client',
        'id',
        'label',
        'model',
        'prediction_id',
        'request_id',
        'source',
        'time',
        'trace_id',
      ].toSorted(),
    );
  });

  it('hold what both kinds of input have under one name', () => {
    const paths = [...logColumns.predictions.values()].map(({ path }) => path.join('.'));
    expect(new Set(paths).size).toBe(paths.length);
    expect(logColumns.predictions.get('input_features')).toMatchObject({ type: 'map' });
    expect(logColumns.predictions.get('input_sha256')).toMatchObject({ type: 'text' });
  });
});
