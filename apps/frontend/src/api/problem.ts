/** What a service says of a refusal (RFC 9457), as far as the page reads it. */
export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly status: number;
}

/** A request that got no answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** `offline` where no service could be reached at all. */
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Nothing came back: the network, the page's server or the service behind it is away. */
export const offlineProblem: Problem = {
  code: 'offline',
  title: 'Nothing answers',
  detail: 'The service cannot be reached.',
  status: 0,
};

/** Codes of refusals that end by themselves when a service is back. */
const AWAY = new Set(['offline', 'service-unreachable', 'service-timeout', 'not-ready', 'shutting-down']);

/** Whether the same request may go well when a service is back. */
export function isAway(error: unknown): boolean {
  return error instanceof ApiError && AWAY.has(error.problem.code);
}

/** Reads the body of a refusal; one that is no problem document is told by its status. */
export function problemOf(body: unknown, status: number): Problem {
  const { code, title, detail } = (typeof body === 'object' && body !== null ? body : {}) as Partial<
    Record<keyof Problem, unknown>
  >;
  const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
  return {
    code: text(code, 'internal'),
    title: text(title, 'The service failed'),
    detail: text(detail, `The service answered with status ${status} and no explanation.`),
    status,
  };
}
