/** The last fault that was told, for as long as it is news. */
export interface RecentFault {
  /** `undefined` when none was told for a while. */
  readonly current: string | undefined;
  tell(fault: string): void;
}

/**
 * @param keptMs longer than the pauses between the attempts that tell the fault, milliseconds
 * @param now milliseconds, from any beginning
 */
export function recentFault(keptMs: number, now: () => number = () => performance.now()): RecentFault {
  let last: { fault: string; at: number } | undefined;
  return {
    get current() {
      return last !== undefined && now() - last.at < keptMs ? last.fault : undefined;
    },
    tell(fault) {
      last = { fault, at: now() };
    },
  };
}
