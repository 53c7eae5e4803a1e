/** A detector that reads one value at a time. Detectors come from factories; each holds the state of one stream. */
export interface StreamDetector {
  /** Takes the next value. @returns whether the stream has changed at it; the detector starts anew then. NaN is passed over. */
  update(value: number): boolean;
  /** The statistic after the last value; what it is compared with stands at each detector. */
  readonly statistic: number;
}
