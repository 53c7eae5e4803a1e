import type { DriftReport } from '@assay/schema';
import { nextSteps } from '../../wording/next-steps.ts';
import { isolated, markup, type Markup } from '../markup.ts';

/** What to do, most urgent first. */
export function nextSection(report: DriftReport): Markup {
  const steps = nextSteps(report).map((step) => markup`<li>${isolated(step)}</li>`);
  return markup`<section><h2 id="next">What to do next</h2><ol class="steps">${steps}</ol></section>
`;
}
