import { describe, expect, it } from '@jest/globals';
import { readReferenceProfile } from '@assay/drift-statistics';
import { bigquery, duckdb } from '@assay/prediction-log';
import parser from 'node-sql-parser';
import { HOUR, loggedWorld, predictionOf, profile, START } from '../spec-support/logged-world.ts';
import { openDriftWindows } from '../window/open-drift-windows.ts';
import { logCounts } from './counts-source.ts';
import { driftQueries, sqlCounts, type SqlRow } from './sql-counts.ts';

const DAY = 24 * HOUR;
const window = { from: new Date(START), to: new Date(START + 3 * HOUR) };

describe('counts by SQL', () => {
  it('are those of each record counted by itself, hour by hour, to the last count', async () => {
    const world = await loggedWorld();
    try {
      const events = Array.from({ length: 120 }, (_, n) =>
        predictionOf({
          at: (n * 7919 * 1000) % (2 * HOUR),
          ...(n % 3 ? { client: `client ${n % 5}` } : {}),
          ...(n % 4 ? { brightness: n === 9 ? -1e12 : (n * 37) % 256 } : {}),
          ...{ format: n % 6 ? 'jpeg' : 'png', width: 10 ** (1 + (n % 4)), confidence: 0.5 + (n % 50) / 100 },
          prediction: ['cat', 'dog', 'missing', 'it\'s "odd"'][n % 4]!,
          scores: n % 5 ? { cat: (n % 10) / 10 } : {},
          embedding: n % 2 ? [] : [0, n - 60],
          outcome: n % 10 === 9 ? 'refused' : 'answered',
          version: n % 12 === 11 ? '2' : '1',
          variant: n % 2 ? 'fp32' : 'int8',
          kept: n % 8 === 0,
          milliseconds: n,
        }),
      );
      await world.put(events);
      for (const event of events.slice(0, 20)) await world.say(event, 'dog', HOUR);
      const query = { model: 'pets', version: '1', reference: await readReferenceProfile(profile), window };
      const run = async ({ sql }: { sql: string }) => {
        const rows: SqlRow[] = [];
        const wide = { from: new Date(START - 40 * DAY), to: window.to };
        for await (const row of world.log.query(sql, { window: wide })) rows.push(row);
        return rows;
      };
      const inSql = sqlCounts({ target: { dialect: duckdb }, run });
      const own = logCounts(world.log);
      const digests = (counts: Awaited<ReturnType<typeof own.count>>) =>
        counts.map((one) => ({ ...one, digest: undefined }));
      expect(digests(await inSql.count(query))).toEqual(digests(await own.count(query)));

      // The whole way: hours that are kept, and counted anew when something is said.
      const windows = openDriftWindows(world, { source: inSql });
      const read = () => windows.read({ model: 'pets', window });
      const first = await read();
      expect(first.cost).toMatchObject({ hoursCounted: 2, hoursFromProfiles: 0 });
      expect((await read()).cost).toMatchObject({ hoursCounted: 0, hoursFromProfiles: 2 });
      await world.say(events[30]!, 'cat', HOUR);
      expect((await read()).cost).toMatchObject({ hoursCounted: 1, hoursFromProfiles: 1 });
    } finally {
      await world.close();
    }
  }, 60_000);

  it('are statements that BigQuery understands', async () => {
    const { Parser } = parser;
    const query = { model: 'pets', version: '1', reference: await readReferenceProfile(profile), window };
    const target = { dialect: bigquery, table: 'project.log.predictions' };
    for (const { sql } of Object.values(driftQueries(query, target)) as { sql: string }[]) {
      expect(() => new Parser().astify(sql, { database: 'BigQuery' })).not.toThrow();
      expect(sql).toContain('`project.log.predictions`');
    }
  });
});
