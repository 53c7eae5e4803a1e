import type { DriftReport } from '@assay/schema';
import { nextSteps } from '../../wording/next-steps.ts';
import { isolated, markup, type Markup } from '../markup.ts';

/** What to do, most urgent first. */
export function nextSection(report: DriftReport): Markup {
  const steps = nextSteps(report);
  const list =
    steps.length === 1
      ? markup`<p>${isolated(steps[0]!)}</p>`
      : markup`<ol class="steps">${steps.map((step) => markup`<li>${isolated(step)}</li>`)}</ol>`;
  return markup`<section><h2 id="next">What to do next</h2>${list}</section>
`;
}
