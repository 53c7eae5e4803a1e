import { AssayError } from '@assay/schema';

/** What was spent in a period; kept in the bucket between looks. */
export interface SpendingState {
  /** Number of the period since 1970, UTC. */
  period: number;
  /** Level that each window of the period was judged at, by its name. */
  looks: Record<string, number>;
}

export interface SpendingOptions {
  /** Names the window: the same name gets the same level again. */
  window: string;
  /** End of the window, milliseconds since 1970. */
  at: number;
  /** Chance of any false alarm in a period, 0 to 1; default 0.05. */
  budget?: number;
  /** Hours of a period; default 168, a week. */
  hours?: number;
}

/**
 * Pays for repeated looks: by the time t of a period, 0 to 1, at most t × budget may be spent (Lan & DeMets 1983, the linear spending
 * function), and a look gets what is left. The levels of a period sum to the budget at most, so that its false alarms stay
 * below it however the windows overlap and whenever somebody looks; 168 hourly looks get equal parts. A window that is judged
 * again gets its level again. A late look at an earlier period pays from what the current one has accrued.
 *
 * @returns the level of this look, and the state to keep. A level of 0 means that the budget is spent for now.
 * @throws `invalid-sample` for a budget outside 0 to 1 or a period without length.
 */
export function spendAlpha(
  state: SpendingState | undefined,
  options: SpendingOptions,
): { alpha: number; state: SpendingState } {
  const { window, at, budget = 0.05, hours = 168 } = options;
  if (!(budget > 0 && budget < 1 && hours > 0))
    throw new AssayError(
      'invalid-sample',
      `Expected a budget between 0 and 1 and a period above 0 hours; got ${budget} and ${hours}.`,
    );
  const known = state?.looks[window];
  if (state !== undefined && known !== undefined) return { alpha: known, state };
  const elapsed = at / (hours * 3_600_000);
  // A window that ends with a period belongs to it, not to the next.
  const period = Math.max(state?.period ?? -Infinity, Math.ceil(elapsed) - 1);
  const looks = state?.period === period ? state.looks : {};
  const spent = Object.values(looks).reduce((sum, alpha) => sum + alpha, 0);
  const accrued = budget * Math.min(1, Math.max(0, elapsed - period));
  const alpha = Math.max(0, accrued - spent);
  return { alpha, state: { period, looks: { ...looks, [window]: alpha } } };
}
