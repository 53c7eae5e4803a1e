import type { Delivery } from '@assay/event-bus';

/** Events on their way into one object: lines of JSON, and the deliveries that wait for it. */
export interface Batch {
  /** Of the folder: milliseconds since 1970. */
  readonly hour: number;
  readonly count: number;
  /** UTF-8. */
  readonly bytes: number;
  /** When the first event came, milliseconds. */
  readonly opened: number;
  add(delivery: Delivery): void;
  /** One line of JSON for each event. */
  content(): Buffer;
  ack(): void;
  /** Keeps the deliveries in hand for so many milliseconds more. */
  extend(milliseconds: number): void;
}

export function newBatch(hour: number, opened: number): Batch {
  const lines: string[] = [];
  const deliveries: Delivery[] = [];
  let bytes = 0;
  const settle = (how: (delivery: Delivery) => void) => deliveries.forEach(how);
  return {
    hour,
    opened,
    get count() {
      return lines.length;
    },
    get bytes() {
      return bytes;
    },
    add: (delivery) => {
      const line = `${JSON.stringify(delivery.event)}\n`;
      lines.push(line);
      deliveries.push(delivery);
      bytes += Buffer.byteLength(line);
    },
    content: () => Buffer.from(lines.join('')),
    ack: () => settle((delivery) => delivery.ack()),
    extend: (milliseconds) => settle((delivery) => delivery.extend(milliseconds)),
  };
}
