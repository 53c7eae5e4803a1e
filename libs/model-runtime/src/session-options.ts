import type { InferenceSession } from 'onnxruntime-node';

/** How a session uses the machine. */
export interface SessionOptions {
  /** Threads inside one operator. Default 1: several one-thread sessions serve more than one wide session. */
  readonly threads?: number;
  /**
   * Threads wait for the next operator in a busy loop. Default false: it shortens a run that has the machine
   * to itself, and costs twice the CPU time (four times where a container has fewer CPUs than threads).
   */
  readonly spinning?: boolean;
  /**
   * How far ONNX Runtime rewrites the graph when it loads. Default `all`; `disabled` shows each node as it
   * was written, for finding faults.
   */
  readonly optimisation?: 'disabled' | 'basic' | 'extended' | 'all';
  /**
   * Keep freed buffers in an arena for the next run. Default true: a run then allocates nothing. The arena
   * never shrinks, so a session that sees one huge input keeps its memory: false for such.
   */
  readonly arena?: boolean;
  /**
   * Plan all buffers of a run as one block, once per input shape. Default true; false where almost every
   * input has its own shape, as each plan is kept.
   */
  readonly memoryPattern?: boolean;
  /**
   * Path that begins the name of a file: when the session closes, ONNX Runtime writes there when each operator of each
   * run began and how long it took. Read it with `readRunProfile`. Default: nothing is noted.
   */
  readonly profile?: string;
  /**
   * Folder in which graphs are kept as they were fitted to this machine, which brings the next session of the same file to
   * its first answer sooner: large models by a quarter, small ones hardly (bench/optimised-graphs.ts). Only for models
   * opened by path; delete the folder at will. Default: fitted anew each time.
   */
  readonly optimisedGraphs?: string;
}

/** The options of {@link SessionOptions} in ONNX Runtime's terms, with the fixed ones beside them. */
export function nativeSessionOptions(options: SessionOptions = {}): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    // Branches of a graph run one after another: on few cores, threads inside an operator gain more.
    executionMode: 'sequential',
    interOpNumThreads: 1,
    intraOpNumThreads: options.threads ?? 1,
    graphOptimizationLevel: options.optimisation ?? 'all',
    enableCpuMemArena: options.arena ?? true,
    enableMemPattern: options.memoryPattern ?? true,
    // Fatal only: anything else goes to standard error past the logger, and errors are thrown as well.
    logSeverityLevel: 4,
    ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
    // ONNX Runtime takes these as strings.
    extra: { session: { intra_op: { allow_spinning: options.spinning === true ? '1' : '0' } } },
  };
}
