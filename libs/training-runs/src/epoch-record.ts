/** One epoch in numbers: a line of `metrics.jsonl`. */
export interface EpochRecord {
  /** Epochs done. */
  epoch: number;
  /** Mean over the training batches of the epoch. */
  loss: number;
  /** On the training batches, 0 to 1. */
  accuracy: number;
  /** Of the epoch's last step. */
  learningRate: number;
  /** Metrics on the validation part, where it was looked at. */
  validation?: Readonly<Record<string, number>>;
  examplesPerSecond: number;
  /** Share of the time, 0 to 1, in which the step stood still for want of a batch. */
  dataWaitShare?: number;
  /** Training time so far, over all sessions of the run. */
  seconds: number;
  /** Processor seconds used per second of the epoch: how many cores were busy. */
  cpuCores: number;
  /** Memory of the process. */
  rssBytes: number;
}
