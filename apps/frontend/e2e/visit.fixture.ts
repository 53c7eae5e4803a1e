import type { Page } from 'playwright-core';

/** The page of the test that runs; read when it runs. */
export interface Visit {
  readonly page: Page;
  /** Of the page's server. */
  readonly url: string;
  readonly faults: readonly string[];
  /** What the page asked other origins for. */
  readonly foreign: readonly string[];
  open(path: string): Promise<void>;
  settled(): Promise<void>;
}
