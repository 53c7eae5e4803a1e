import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reportId } from '@assay/drift-report';
import { openObjectStore, type ObjectStore } from '@assay/object-store';
import { createEvent, inputKey, uuidV7, type PredictionRecord } from '@assay/schema';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';

const HOUR = 3_600_000;
const parse = (line: string) => JSON.parse(line) as Record<string, unknown[]>;
/** Of the test's own image. */
const digest = createHash('sha256').update('an image').digest('hex');

describe('assay log', () => {
  let folder: string;
  let store: ObjectStore;
  const sent: PredictionRecord[] = [];

  /** Three predictions of three hours ago, the second refused, the third said to be wrong. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-log-'));
    store = await openObjectStore(`file:${folder}/bucket`);
    const start = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
    sent.splice(0);
    for (let n = 0; n < 3; n++) {
      const [id, time] = [uuidV7({ now: start + n }), new Date(start + n).toISOString()];
      const input = { kind: 'image', sha256: n === 2 ? digest : '0'.repeat(64), bytes: 8 } as const;
      const shared = { id, time, requestId: `r${n}`, input, client: 'spec', stages: { total: 12.34 } };
      const answer = {
        prediction: 'cat',
        probability: 0.9,
        confidence: 0.9,
        margin: 0.8,
        entropy: 0.4,
        decision: 'cat',
        scores: { cat: 0.9, dog: 0.1 },
      };
      sent.push(
        n === 1
          ? { ...shared, outcome: 'refused', code: 'unreadable-image' }
          : { ...shared, outcome: 'answered', answer },
      );
    }
    const events = sent.map((data) =>
      createEvent({ type: 'assay.prediction.made.v1', id: data.id, source: '/spec', time: data.time, data }),
    );
    const [id, time] = [uuidV7({ now: start + 60_000 }), new Date(start + 60_000).toISOString()];
    const said = { id, time, requestId: 'f', predictionId: sent[2]!.id, label: 'dog', model: 'pets' };
    const feedback = createEvent({ type: 'assay.feedback.given.v1', id, source: '/spec', time, data: said });
    const at = new Date(start).toISOString();
    const hour = `${at.slice(0, 10)}/${at.slice(11, 13)}`;
    const text = (all: readonly unknown[]) => all.map((one) => `${JSON.stringify(one)}\n`).join('');
    await store.put(`predictions/${hour}/sink-a-0.jsonl`, `${text([...events, events[0]])}{"torn`);
    await store.put(`feedback/${hour}/sink-a-0.jsonl`, text([feedback]));
    await store.put(inputKey(digest), 'an image');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(...words: string[]) {
    const output = recordingOutput();
    const statuses: number[] = [];
    const exit = (status: number) => statuses.push(status);
    const program = buildProgram({ output, signal: new AbortController().signal, exit });
    for (const command of program.commands)
      for (const below of [command, ...command.commands]) below.exitOverride();
    await program.parseAsync(['log', ...words, '--log', `file:${folder}/bucket`], { from: 'user' });
    return { ...output, statuses };
  }

  it('query prints a table, and says what was passed over', async () => {
    const sql = 'SELECT outcome, code, count(*) AS n FROM predictions GROUP BY ALL ORDER BY n DESC';
    const { lines, notes } = await run('query', sql);
    expect(lines).toEqual([
      'outcome   code              n',
      '────────  ────────────────  ─',
      'answered  –                 2',
      'refused   unreadable-image  1',
    ]);
    expect(notes).toEqual(['Passed over: 1 lines that are no events.']);
  });

  it('query prints CSV and JSON', async () => {
    const sql = `SELECT id, time, code, 'a "b", c' AS t, answer_scores AS s FROM predictions ORDER BY time DESC LIMIT 1`;
    const [, , last] = sent;
    expect((await run('query', sql, '--csv')).lines).toEqual([
      'id,time,code,t,s',
      `${last!.id},${last!.time},,"a ""b"", c","{""cat"":0.9,""dog"":0.1}"`,
    ]);
    expect((await run('query', sql, '--json')).lines.map(parse)).toEqual([
      { id: last!.id, time: last!.time, code: null, t: 'a "b", c', s: { cat: 0.9, dog: 0.1 } },
    ]);
  });

  it('query says that there are no rows, and refuses times that are none', async () => {
    const from = ['--from', '2020-01-01', '--to', '2020-01-02T12:00'];
    const { lines, notes } = await run('query', 'SELECT id FROM predictions', ...from);
    expect(lines).toEqual([]);
    expect(notes).toEqual(['No rows, from 2020-01-01T00:00:00.000Z to 2020-01-02T12:00:00.000Z.']);
    await expect(run('query', 'SELECT 1', '--since', 'yesterday')).rejects.toThrow('such as 24h');
    await expect(run('query', 'SELECT 1', '--from', '2020-13-01')).rejects.toThrow('such as 2026-05-01');
    await expect(run('query', 'DROP TABLE predictions')).rejects.toThrow('Expected one SELECT statement');
  });

  it('tail shows the latest, oldest first', async () => {
    const { lines } = await run('tail', '--no-follow', '-n', '2');
    expect(lines).toEqual([
      `${sent[1]!.time}  ${sent[1]!.id}  –  refused: unreadable-image  12.3 ms  spec`,
      `${sent[2]!.time}  ${sent[2]!.id}  –  cat 90.0 %  12.3 ms  spec`,
    ]);
    const refused = await run('tail', '--no-follow', '--outcome', 'refused', '--json');
    expect(refused.lines.map(parse)).toEqual([sent[1]]);
  });

  it('export writes each record once, with all that was said of it', async () => {
    const file = join(folder, 'out.jsonl');
    const { notes } = await run('export', '--out', file, '--since', '1d');
    expect(notes[0]).toBe(`3 predictions in ${file}.`);
    const records = (await readFile(file, 'utf8')).trimEnd().split('\n').map(parse);
    expect(records.map((one) => one.prediction)).toEqual(sent);
    expect(records.map((one) => one.feedback?.length)).toEqual([0, 0, 1]);
    expect((await run('export')).lines).toHaveLength(3);
  });

  it('compact, then compact again: nothing is left to do', async () => {
    const { lines } = await run('compact');
    expect(lines[0]).toMatch(/^2 hours: 2 objects \(0\.0 MB\) became 0\.0 MB with 4 records\.$/);
    expect((await run('compact')).lines).toEqual(['Nothing to compact.']);
    expect((await run('tail', '--no-follow')).lines).toHaveLength(3);
  });

  it('forget takes the input itself, and everything that was made of it', async () => {
    const file = join(folder, 'image.jpg');
    await writeFile(file, 'an image');
    const { lines, statuses } = await run('forget', '--input', file);
    expect(lines).toEqual([
      'Forgotten: 1 predictions, 1 feedback, 1 kept inputs; 2 objects were written anew.',
    ]);
    expect(statuses).toEqual([]);
    expect((await run('tail', '--no-follow')).lines).toHaveLength(2);
    expect((await run('forget', '--input-sha256', digest)).lines[0]).toMatch(/^Forgotten: 0 predictions/);
    await expect(run('forget')).rejects.toThrow('--input-sha256 or --input');
    await expect(run('forget', '--input', join(folder, 'none'))).rejects.toThrow('cannot be read');
  });

  it('prune deletes what is older, and nothing else', async () => {
    expect((await run('prune', '--older-than', '90d')).lines[0]).toMatch(/: 0 objects of the log, 0 inputs/);
    expect((await run('prune', '--older-than', '1h')).lines[0]).toMatch(/: 2 objects of the log, 0 inputs/);
    const window = (day: number) => ({
      from: `2026-01-0${day}T00:00:00Z`,
      to: `2026-01-0${day + 1}T00:00:00Z`,
    });
    const keys = [1, 2].map(
      (day) => `reports/pets/${reportId({ model: 'pets', version: '1', window: window(day) })}.json`,
    );
    for (const key of keys) await store.put(key, '{}');
    expect((await run('prune', '--older-than', '1h')).lines[0]).toMatch(/: 0 objects .* 1 drift reports/);
    expect((await store.list('reports/')).objects.map(({ key }) => key)).toEqual([keys[1]]);
    await expect(run('prune')).rejects.toMatchObject({ code: 'commander.missingMandatoryOptionValue' });
  });
});
