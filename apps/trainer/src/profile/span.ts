/** Something that took time in one run of what is profiled. */
export interface Span {
  /** What it is part of, from the outside in, itself last; `[]` is the run itself. */
  readonly path: readonly string[];
  /** Milliseconds since the profile began, and of the span. */
  readonly start: number;
  readonly duration: number;
  /** Where it is one operator of a graph. */
  readonly operator?: {
    /** For example `Conv`. */
    readonly type: string;
    readonly node: string;
    /** Sizes that went in and came out, for example `1×3×32×32, 16×3×3×3 → 1×16×32×32`. */
    readonly sizes: string;
  };
}

/** The spans of one run: first the run itself, then its parts. */
export type ProfiledRun = readonly Span[];

/** Runs of one thing, and what was found out about them. */
export interface Profile {
  /** For example `wine@1.0.0 (int8)`. */
  readonly subject: string;
  /** What one run is: `prediction` or `step`. */
  readonly unit: string;
  readonly runs: readonly ProfiledRun[];
  /** What a reader must know besides the figures. */
  readonly notes: readonly string[];
}
