import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createEvent, MAX_RECORD_BYTES, predictionRecordSchema, type PredictionRecord } from '@assay/schema';
import { buildRecord, type RecordFacts } from './build-record.ts';
import { imageDraft, rowDraft } from './draft.fixture.ts';
import { fitEvent } from './fit-event.ts';
import { newDraft, noteUpload, type PredictionDraft } from './prediction-draft.ts';

const time = new Date('2026-05-01T12:00:00Z');

async function record(draft: PredictionDraft, facts: Partial<RecordFacts> = {}): Promise<PredictionRecord> {
  const digest = await draft.digest;
  return buildRecord(draft, {
    outcome: 'answered',
    time,
    requestId: 'request',
    stored: false,
    ...(digest === undefined ? {} : { digest }),
    ...facts,
  });
}

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

function fitted(data: PredictionRecord) {
  return fitEvent(
    createEvent({
      type: 'assay.prediction.made.v1',
      id: data.id,
      source: '/inference-api',
      time,
      subject: 'fake',
      data,
    }),
  );
}

describe('the record of a prediction', () => {
  it('holds all that is known of an image and its answer', async () => {
    const draft = imageDraft();
    const made = await record(draft, { traceId: 'c'.repeat(32), stored: true });
    expect(predictionRecordSchema.parse(made)).toEqual(made);
    expect(made).toMatchObject({
      id: draft.id,
      time: '2026-05-01T12:00:00.000Z',
      requestId: 'request',
      client: 'a test',
      model: { name: 'fake', variant: 'fp32' },
      input: { kind: 'image', format: 'jpeg', width: 16, height: 12, stored: true },
      answer: {
        prediction: 'a',
        decision: 'uncertain',
        scores: { a: 0.666667, b: 0.333333 },
        confidence: 0.666667,
        margin: 0.333333,
        // -(2/3 log2 2/3 + 1/3 log2 1/3)
        entropy: 0.918296,
        scopeDistance: 123.457,
      },
      stages: { receive: 1.23, decode: 2.5, inference: 4 },
    });
    const { bytes } = draft.upload as { bytes: Uint8Array };
    expect(made.input).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      properties: { aspect: 0.75, jpegQuality: 88 },
    });
    expect(made.answer!.embedding).toHaveLength(32);
    for (const value of made.answer!.embedding!) expect(Number(value.toPrecision(4))).toBe(value);
  });

  it('holds the features that the model knows, in its order, and whatever else came only as a digest', async () => {
    const features = { width: 1 / 3, height: 2, secret: 'x', rubbish: Number.NaN };
    const made = await record(rowDraft(features, ['height', 'width', 'rubbish', 'missing']));
    expect(made.input).toMatchObject({ kind: 'tabular', features: { height: 2, width: 0.333333 } });
    expect(JSON.stringify(made)).not.toContain('secret');
    const turned = await record(rowDraft(Object.fromEntries(Object.entries(features).reverse())));
    expect(turned.input!.sha256).toBe(made.input!.sha256);
  });

  it('of a refusal says as much as was known when it came', async () => {
    const draft = newDraft();
    const nothing = await record(draft, { outcome: 'refused', code: 'unknown-model' });
    expect(predictionRecordSchema.parse(nothing)).toEqual(nothing);
    expect(nothing).toMatchObject({ outcome: 'refused', code: 'unknown-model' });
    noteUpload(draft, { bytes: Buffer.from('no image at all') });
    const read = await record(draft, { outcome: 'refused', code: 'unreadable-image' });
    expect(predictionRecordSchema.parse(read).input).toEqual({
      kind: 'image',
      sha256: createHash('sha256').update('no image at all').digest('hex'),
      bytes: 15,
    });
  });

  it('takes no more than 2 KB of a usual model, with room to spare', async () => {
    const event = fitted(await record(imageDraft(), { traceId: 'c'.repeat(32), stored: true }));
    expect(sizeOf(event)).toBeLessThan(MAX_RECORD_BYTES);
    expect(event.data.answer!.scoresLeftOut).toBeUndefined();
  });

  it('leaves out the least probable of very many labels', async () => {
    // Labels that are whole numbers: an object lists them by their number.
    const labels = Array.from({ length: 1000 }, (_, i) => String(999 - i));
    const event = fitted(await record(imageDraft({ labels })));
    expect(sizeOf(event)).toBeLessThanOrEqual(MAX_RECORD_BYTES);
    const { scores, scoresLeftOut, embedding } = event.data.answer!;
    const kept = Object.keys(scores).map(Number);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length + scoresLeftOut!).toBe(1000);
    expect(Math.min(...kept)).toBe(1000 - kept.length);
    expect(embedding).toHaveLength(32);
    expect(predictionRecordSchema.safeParse(event.data).success).toBe(true);
  });

  it('leaves out the last of very many features, and the embedding where labels are very long', async () => {
    const features = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`feature-${i}`, Math.sqrt(i)]),
    );
    const row = fitted(await record(rowDraft(features)));
    expect(sizeOf(row)).toBeLessThanOrEqual(MAX_RECORD_BYTES);
    const input = row.data.input as { features: Record<string, number>; featuresLeftOut: number };
    expect(Object.keys(input.features)).toEqual(Object.keys(features).slice(0, 500 - input.featuresLeftOut));
    const long = fitted(await record(imageDraft({ labels: ['a'.repeat(320), 'b'.repeat(320)] })));
    expect(sizeOf(long)).toBeLessThanOrEqual(MAX_RECORD_BYTES);
    expect(long.data.answer).not.toHaveProperty('embedding');
  });
});
