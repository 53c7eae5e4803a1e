import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AssayError } from '@assay/schema';
import { openEventBus } from '../index.ts';
import { collect } from '../spec-support/collector.ts';
import { promotion } from '../spec-support/events.ts';
import { openConnection } from './connection.ts';
import { toFailure } from './bus-fault.ts';
import { publications } from './publications.ts';
import { sqliteError } from './sqlite-error.ts';

/** Tests that start processes: each takes seconds on a busy machine. Milliseconds. */
const STARTS_PROCESSES = 120_000;

describe('a bus in an SQLite file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-bus-'));
    path = join(folder, 'events.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const refusal = (url = `sqlite:${path}`) =>
    openEventBus(url).then(
      async (bus) => {
        await bus.close();
        throw new Error('it was opened');
      },
      (error: unknown) => error as AssayError,
    );

  describe('a file that is no bus', () => {
    it('is called damaged where it is no database, and left as it is', async () => {
      await writeFile(path, 'these are not the events you are looking for'.repeat(100));
      const error = await refusal();
      expect(error.code).toBe('bus-damaged');
      expect(error.message).toMatch(/is damaged \(file is not a database\)\. Move the file away.*\.recover/);
      expect(await readFile(path, 'utf8')).toMatch(/^these are not/);
    });

    it('is refused where it belongs to another program, and left as it is', async () => {
      const other = new DatabaseSync(path);
      other.exec('CREATE TABLE bookmarks (url TEXT)');
      other.close();
      const before = await readFile(path);
      const error = await refusal();
      expect(error.code).toBe('invalid-configuration');
      expect(error.message).toMatch(/a database of another program, not an event bus: choose another file/);
      expect(await readFile(path)).toEqual(before);
    });

    it('is refused where a newer release made it', async () => {
      await (await openEventBus(`sqlite:${path}`)).close();
      const newer = new DatabaseSync(path);
      newer.exec('PRAGMA user_version = 9');
      newer.close();
      const error = await refusal();
      expect(error.code).toBe('invalid-configuration');
      expect(error.message).toMatch(/has the layout 9, this release writes 1: use the release that made it/);
    });

    it('is refused where it is a folder, or lies in a file', async () => {
      expect((await refusal(`sqlite:${folder}`)).code).toBe('bus-forbidden');
      await writeFile(join(folder, 'file'), '');
      expect((await refusal(`sqlite:${folder}/file/events.db`)).code).toBe('bus-forbidden');
    });
  });

  it('says that a file was damaged after it was opened', async () => {
    const errors: AssayError[] = [];
    const bus = await openEventBus(`sqlite:${path}`);
    await Promise.all(Array.from({ length: 200 }, (_, n) => bus.publish('models', promotion(n))));
    await bus.close();
    // The pages behind the first, which holds the layout, are overwritten.
    const { size } = await stat(path);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(size - 8192, 0xa5), 0, undefined, 8192);
    await file.close();

    const damaged = await openEventBus(`sqlite:${path}`, { onError: (error) => errors.push(error) });
    await expect(damaged.publish('models', promotion(1))).rejects.toMatchObject({ code: 'bus-damaged' });
    const got = collect();
    damaged.subscribe('models', 'reader', got.handler);
    while (errors.length === 0) await new Promise((wake) => setTimeout(wake, 10));
    expect(errors[0]!.code).toBe('bus-damaged');
    expect(got.deliveries).toEqual([]);
    await damaged.close();
  });

  describe('a full disk', () => {
    it('refuses what does not fit, and keeps all that was acknowledged', () => {
      const database = openConnection(path, 'machine');
      database.exec('PRAGMA max_page_count = 40');
      const { publish } = publications(database);
      const rows = Array.from({ length: 10 }, () => ({ topic: 'models' as const, text: 'x'.repeat(2000) }));
      let accepted = 0;
      let failure: unknown;
      while (failure === undefined) {
        try {
          publish({ rows, now: 0, maxBytes: 1e9 });
          accepted += rows.length;
        } catch (error) {
          failure = error;
        }
      }
      const error = sqliteError(toFailure(failure), path);
      expect(error.code).toBe('bus-full');
      expect(error.message).toMatch(
        /cannot grow .*the disk or the quota is full.*What was acknowledged is safe/,
      );
      expect(accepted).toBeGreaterThan(0);
      expect(database.prepare('SELECT count(*) AS n FROM event').get()!.n).toBe(accepted);
      database.exec('PRAGMA max_page_count = 1000');
      publish({ rows, now: 0, maxBytes: 1e9 });
      database.close();
    });

    const mounts = spawnSync('unshare', ['-Urm', 'true']).status === 0;
    (mounts ? it : it.skip)(
      'stops nothing but publishing, which goes on when there is space again (needs a mount of its own)',
      () => {
        const script = `import { rmSync, writeFileSync } from 'node:fs';
        import { openEventBus } from ${source('../index.ts')};
        import { promotion } from ${source('../spec-support/events.ts')};
        const bus = await openEventBus('sqlite:' + ${JSON.stringify(path)});
        const filler = ${JSON.stringify(join(folder, 'filler'))};
        writeFileSync(filler, Buffer.alloc(1 << 20));
        let accepted = 0, failure;
        const publish = () => bus.publish('models', { ...promotion(accepted), subject: 'x'.repeat(200) });
        while (!failure) await publish().then(() => (accepted += 1), (error) => (failure = error));
        rmSync(filler);
        await publish();
        const ids = new Set();
        await new Promise((all) => bus.subscribe('models', 'reader', (delivery) => {
          ids.add(delivery.event.id);
          delivery.ack();
          if (ids.size === accepted + 1) all();
        }));
        await bus.close();
        process.stdout.write(JSON.stringify([failure.code, failure.message, accepted, ids.size]));`;
        const command = `mount -t tmpfs -o size=2m none "$1" && exec "$2" --input-type=module --eval "$3"`;
        const argv = ['-Urm', 'sh', '-c', command, 'sh', folder, process.execPath, script];
        const run = spawnSync('unshare', argv, { encoding: 'utf8' });
        expect(run.stderr).toBe('');
        const [code, message, accepted, delivered] = JSON.parse(run.stdout) as [
          string,
          string,
          number,
          number,
        ];
        expect(code).toBe('bus-full');
        expect(message).toMatch(/the disk or the quota is full/);
        expect(accepted).toBeGreaterThan(0);
        expect(delivered).toBe(accepted + 1);
      },
      STARTS_PROCESSES,
    );
  });

  it(
    'says that it cannot be written where the folder is read-only',
    async () => {
      await (await openEventBus(`sqlite:${path}`)).close();
      await chmod(path, 0o444);
      await chmod(folder, 0o555);
      // Permissions do not bind the administrator: another user tries.
      const user = process.getuid?.() === 0 ? { uid: 65534 } : {};
      const script = `import { openEventBus } from ${source('../index.ts')};
      for (const name of ['events.db', 'new.db', 'new/events.db'])
        await openEventBus('sqlite:' + ${JSON.stringify(folder)} + '/' + name)
          .catch(({ code, message }) => console.log(code + ': ' + message));`;
      const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
        encoding: 'utf8',
        ...user,
      });
      await chmod(folder, 0o755);
      const lines = run.stdout.trim().split('\n');
      expect(lines).toHaveLength(3);
      for (const line of lines) expect(line).toMatch(/^bus-forbidden: .*its folder is read-only, belongs/);
    },
    STARTS_PROCESSES,
  );

  it('says that another process hangs when the file stays locked', () => {
    const failure = toFailure(Object.assign(new Error('database is locked'), { errcode: 5 }));
    const error = sqliteError(failure, path);
    expect(error.code).toBe('bus-unavailable');
    expect(error.message).toMatch(/has been locked for seconds.*a process that writes to it hangs/);
  });
});

function source(file: string): string {
  return JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href);
}
