import { describe, expect, it } from '@jest/globals';
import type { Ask } from './ask.ts';
import { exportedResults, toCsv } from './export-results.ts';

const ask = (name: string, state: Ask['state']): Ask => ({
  key: name,
  name,
  file: new Blob(),
  url: '',
  model: 'tiny',
  explain: undefined,
  stability: false,
  state,
});
const answered: Ask['state'] = {
  step: 'answered',
  answer: {
    id: '019aa3b2-0000-7000-8000-000000000000',
    model: { name: 'tiny', version: '1.0.0', variant: 'fp32' },
    prediction: 'bright',
    probability: 0.75,
    probabilities: { dark: 0.25, bright: 0.75 },
    top: [],
    decision: 'uncertain',
    confidence: 0.75,
    views: 1,
  },
  stages: [],
  tookMs: 1,
};

const refused = { step: 'refused', words: { title: 'Damaged', advice: 'Save it "anew".' } } as const;

describe('exported results', () => {
  it('hold answers, problems, and neither where the answer is still to come', () => {
    const results = exportedResults([
      ask('a.png', answered),
      ask('b.png', refused),
      ask('c.png', { step: 'thinking' }),
    ]);
    expect(results.map(({ prediction, confidence, problem }) => [prediction, confidence, problem])).toEqual([
      ['bright', 0.75, null],
      [null, null, 'Damaged. Save it "anew".'],
      [null, null, null],
    ]);
  });

  it('are CSV with quotes where they are needed', () => {
    const csv = toCsv(exportedResults([ask('one, two.png', refused)]));
    expect(csv).toBe(
      'file,model,version,id,prediction,confidence,decision,problem\r\n' +
        '"one, two.png",tiny,,,,,,"Damaged. Save it ""anew""."\r\n',
    );
  });

  it.each(['=HYPERLINK("x")', '+1', '-1', '@sum', '\tx'])('hold no formula: %j', (name) => {
    const [, line = ''] = toCsv(exportedResults([ask(name, { step: 'waiting' })])).split('\r\n');
    expect(line.replace(/^"/, '')).toMatch(/^'/);
  });
});
