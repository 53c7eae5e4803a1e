import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import { isRunFolder, readStoredRun, runsIn, type StoredRun } from '@assay/training-runs';

/**
 * Runs by what a user calls them: a run's folder, a folder of runs, the name of a run in `<state>/runs` or a
 * beginning that several may share, or `latest`. Without any, all runs of `<state>/runs`.
 *
 * @param options.note Told of runs that cannot be read; those that were named alone throw instead.
 * @throws AssayError `invalid-configuration` for what is no run.
 */
export async function findRuns(
  wanted: readonly string[],
  options: { state: string; note: (text: string) => void },
): Promise<StoredRun[]> {
  const home = join(options.state, 'runs');
  const paths = wanted.length === 0 ? runsIn(home) : wanted.flatMap((name) => resolveRuns(name, home));
  const runs: StoredRun[] = [];
  for (const path of new Set(paths)) {
    try {
      runs.push(await readStoredRun(path));
    } catch (error) {
      if (paths.length === 1) throw error;
      options.note((error as Error).message);
    }
  }
  return runs;
}

function resolveRuns(name: string, home: string): string[] {
  if (existsSync(name) && statSync(name).isDirectory()) {
    if (isRunFolder(name)) return [name];
    const inside = runsIn(name);
    if (inside.length > 0) return inside;
  }
  const known = runsIn(home);
  if (name === 'latest' && known.length > 0) return known.slice(-1);
  const exact = known.filter((path) => path === join(home, name));
  const matching = exact.length > 0 ? exact : known.filter((path) => path.startsWith(join(home, name)));
  if (matching.length > 0) return matching;
  const last = known.slice(-5).map((path) => path.slice(home.length + 1));
  throw new AssayError(
    'invalid-configuration',
    `There is no run "${name}"; the last ones in ${home} are: ${last.join(', ') || 'none'}.`,
  );
}
