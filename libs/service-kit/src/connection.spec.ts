import { describe, expect, it } from '@jest/globals';
import { AssayError } from '@assay/schema';
import { connect } from './connection.ts';
import { createLogger } from './logger.ts';

function setUp(answers: readonly (Error | 'well')[]) {
  const lines: string[] = [];
  const thing = {
    closed: 0,
    async close() {
      thing.closed++;
    },
  };
  let attempts = 0;
  const connection = connect({
    what: 'the thing (THING_URL)',
    logger: createLogger({
      service: 'test',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
    // The shortest wait there is.
    random: () => 0,
    async open() {
      const answer = answers[attempts++]!;
      if (answer === 'well') return thing;
      throw answer;
    },
  });
  return { connection, thing, lines, attempts: () => attempts };
}

describe('a connection', () => {
  it('tries again until it is open, says meanwhile why it is not, and then does what waited', async () => {
    const { connection, thing, lines } = setUp([
      new AssayError('bus-unavailable', 'Nobody is there.'),
      'well',
    ]);
    const used: unknown[] = [];
    connection.whenOpen((opened) => used.push(opened));
    expect(connection.fault).toBeUndefined();
    await connection.attempted;
    expect(connection.current).toBeUndefined();
    expect(connection.fault).toBe('the thing (THING_URL) cannot be opened: Nobody is there.');
    await new Promise<void>((resolve) => connection.whenOpen(() => resolve()));
    expect(connection.fault).toBeUndefined();
    connection.whenOpen((opened) => used.push(opened));
    expect(used).toEqual([thing, thing]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Trying again.');
    await connection.close();
    expect(thing.closed).toBe(1);
  });

  it('does not try again what is configured wrongly', async () => {
    const { connection, attempts, lines } = setUp([new AssayError('invalid-configuration', 'No such URL.')]);
    await connection.attempted;
    await connection.close();
    expect(attempts()).toBe(1);
    expect(connection.fault).toContain('No such URL.');
    expect(lines[0]).not.toContain('Trying again');
  });

  it('gives up when it is closed, and closes what was just being opened', async () => {
    const given = setUp([new Error('away'), 'well']);
    await given.connection.attempted;
    await given.connection.close();
    expect(given.attempts()).toBe(1);
    const { connection, thing } = setUp(['well']);
    await connection.close();
    expect(thing.closed).toBe(1);
    expect(connection.current).toBeUndefined();
  });
});
