import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** Time between two questions whether a service is ready, in milliseconds. */
const POLL_INTERVAL_MS = 50;

/** Severities of Cloud Logging that a person at the terminal should see; the log file has the rest. */
const SHOWN_SEVERITIES = new Set(['WARNING', 'ERROR', 'CRITICAL', 'ALERT', 'EMERGENCY']);

export interface ServiceOptions {
  name: string;
  /** File that Node runs. */
  entry: string;
  port: number;
  /** Environment variables on top of this process's own. */
  env: Record<string, string>;
  /** File that receives everything the service prints; replaced at each start. */
  logFile: string;
  /** Receives what a person should see: warnings, errors, and lines that are no log records. */
  show: (line: string) => void;
}

/** A service that runs as a child process. */
export interface Service {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /**
   * Resolves as soon as `/ready` answers 200.
   *
   * @throws Error when the process ends first, says that it failed, or `timeoutMs` pass; it names the log file
   */
  ready(timeoutMs: number): Promise<void>;
  /** Resolves when the process has ended, whatever the reason. */
  readonly ended: Promise<string>;
  /** Asks the process to finish (SIGTERM), ends it by force after `graceMs`, resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

/** Starts a service in a process group of its own, so that Ctrl-C reaches it as one orderly SIGTERM. */
export function startService(options: ServiceOptions): Service {
  const { name, entry, port, env, logFile, show } = options;
  const child = spawn(process.execPath, [entry], {
    detached: true,
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      const text = textToShow(line);
      if (text !== undefined) show(`${name}: ${text}`);
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => {
    log.end();
    return signal === null ? `exit code ${String(code)}` : String(signal);
  });
  const url = `http://localhost:${port}`;

  return {
    name,
    url,
    pid: child.pid ?? Number.NaN,
    ended,
    async ready(timeoutMs) {
      const settled = new AbortController();
      const deadline = AbortSignal.timeout(timeoutMs);
      const early = ended.then((how) => {
        throw new Error(`It ended: ${how}.`);
      });
      try {
        await Promise.race([early, pollReady(`${url}/ready`, AbortSignal.any([deadline, settled.signal]))]);
      } catch (error) {
        const why = deadline.aborted ? `It had ${timeoutMs / 1000} s.` : (error as Error).message;
        throw new Error(`${name} did not become ready. ${why} Its log is ${logFile}`, { cause: error });
      } finally {
        settled.abort();
      }
    },
    async stop(graceMs) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** @throws Error with the service's own words as soon as it says that its start-up has failed */
async function pollReady(url: string, deadline: AbortSignal): Promise<void> {
  for (;;) {
    const response = await fetch(url, { signal: deadline }).catch(() => undefined);
    if (response?.status === 200) return;
    const problem = (await response?.json().catch(() => undefined)) as
      { state?: string; detail?: string } | undefined;
    if (problem?.state === 'failed') throw new Error(problem.detail);
    await sleep(POLL_INTERVAL_MS, undefined, { signal: deadline });
  }
}

function textToShow(line: string): string | undefined {
  try {
    const record = JSON.parse(line) as { severity?: string; message?: string };
    return SHOWN_SEVERITIES.has(record.severity ?? '') ? `${record.severity} ${record.message}` : undefined;
  } catch {
    return line;
  }
}
