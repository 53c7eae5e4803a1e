import { AssayError } from '@assay/schema';

/** Where a service stands in its life. */
export type HealthState =
  | { readonly state: 'starting' }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'stopping' };

/** Says whether the service may be sent requests. */
export interface Health {
  readonly current: HealthState;
  /** Start-up ended well. */
  ready(): void;
  /** Start-up ended badly: the process lives on to say why. */
  fail(reason: string): void;
  /** Shutdown began; nothing undoes this. */
  stop(): void;
  /** @throws AssayError `not-ready` or `shutting-down` unless the service is ready */
  assertReady(): void;
}

/**
 * A service that is starting.
 *
 * @param breakdown asked whenever readiness is: why a service that was ready cannot do its work any more
 */
export function createHealth(breakdown: () => string | undefined = () => undefined): Health {
  let state: HealthState = { state: 'starting' };
  const move = (next: HealthState) => {
    if (state.state !== 'stopping') state = next;
  };
  const current = (): HealthState => {
    const reason = state.state === 'ready' ? breakdown() : undefined;
    return reason === undefined ? state : { state: 'failed', reason };
  };
  return {
    get current() {
      return current();
    },
    ready: () => move({ state: 'ready' }),
    fail: (reason) => move({ state: 'failed', reason }),
    stop: () => move({ state: 'stopping' }),
    assertReady() {
      const now = current();
      if (now.state === 'ready') return;
      const code = now.state === 'stopping' ? 'shutting-down' : 'not-ready';
      throw new AssayError(code, explain(now), { extensions: { state: now.state } });
    },
  };
}

function explain(health: HealthState): string {
  switch (health.state) {
    case 'failed':
      return `The service runs but cannot do its work: ${health.reason}`;
    case 'stopping':
      return 'The service finishes what it began and takes nothing new.';
    case 'starting':
    case 'ready':
      return 'The service is starting; ask again in a moment.';
  }
}
