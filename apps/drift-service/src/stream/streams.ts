import { AssayError } from '@assay/schema';
import type { Metrics } from '@assay/service-kit';
import type { EventStream } from './event-stream.ts';

/** The streams that are open: so many at a time, and all ended when the service stops. */
export interface Streams {
  /** @throws AssayError `overloaded`, `shutting-down` before anything was sent */
  open(begin: () => EventStream): EventStream;
  /** Ends all, and lets none begin. */
  close(): void;
}

export function createStreams(most: number, metrics: Metrics): Streams {
  const streams = new Set<EventStream>();
  let isClosed = false;
  metrics.gauge({
    name: 'prediction_streams',
    help: 'Listeners of predictions as they come',
    collect() {
      this.set(streams.size);
    },
  });
  return {
    open(begin) {
      if (isClosed)
        throw new AssayError('shutting-down', 'The service finishes what it began and takes nothing new.');
      if (streams.size >= most)
        throw new AssayError(
          'overloaded',
          `${most} listeners are here already, as many as are allowed; try later.`,
        );
      const stream = begin();
      streams.add(stream);
      stream.signal.addEventListener('abort', () => streams.delete(stream));
      return stream;
    },
    close() {
      isClosed = true;
      for (const stream of streams) stream.end();
    },
  };
}
