import type { Stages } from './ask.ts';

/** Reads a `Server-Timing` header (W3C): stages with a duration, in their order. @param header may be absent */
export function parseServerTiming(header: string | null): Stages {
  return (header ?? '').split(',').flatMap((entry) => {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim());
    const duration = parameters.find((parameter) => parameter.startsWith('dur='));
    const ms = Number(duration?.slice('dur='.length).replaceAll('"', ''));
    return name === undefined || name === '' || !Number.isFinite(ms) ? [] : [{ name, ms }];
  });
}
