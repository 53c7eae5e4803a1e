import type { AggregatedResult, Reporter } from '@jest/reporters';

/**
 * Names every skipped test before jest's summary: a test that skips because a data set is absent must be seen,
 * not only counted.
 */
export default class SkippedTestsReporter implements Pick<Reporter, 'onRunComplete'> {
  onRunComplete(_contexts: unknown, results: AggregatedResult): void {
    const names = results.testResults.flatMap((file) =>
      file.testResults.filter((test) => test.status === 'pending').map((test) => test.fullName),
    );
    if (names.length === 0) return;
    process.stderr.write(`\nSkipped:\n${names.map((name) => `  ○ ${name}\n`).join('')}\n`);
  }
}
