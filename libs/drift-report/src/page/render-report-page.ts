import type { DriftReport } from '@assay/schema';
import { verdictWords } from '../wording/verdict-words.ts';
import { markup, type Markup } from './markup.ts';
import { pageShell } from './page-shell.ts';
import { banner } from './sections/banner.ts';
import { driftedSection } from './sections/drifted-section.ts';
import { evidenceSection } from './sections/evidence-section.ts';
import { nextSection } from './sections/next-section.ts';
import { performanceSection } from './sections/performance-section.ts';
import { pipelineSection } from './sections/pipeline-section.ts';
import { scoreSection } from './sections/score-section.ts';
import { seasonalSection } from './sections/seasonal-section.ts';
import { slicesSection } from './sections/slices-section.ts';
import { smallPrint } from './sections/small-print.ts';
import { timelineSection } from './sections/timeline-section.ts';

/** Sections in reading order: the verdict stands above them. */
const SECTIONS: readonly { id: string; title: string; of: (report: DriftReport) => Markup | undefined }[] = [
  { id: 'next', title: 'What to do', of: nextSection },
  { id: 'drifted', title: 'What drifted', of: driftedSection },
  { id: 'scores', title: 'All features', of: scoreSection },
  { id: 'performance', title: 'Does it hurt?', of: performanceSection },
  { id: 'timeline', title: 'Over time', of: timelineSection },
  { id: 'slices', title: 'Where', of: slicesSection },
  { id: 'evidence', title: 'Evidence', of: evidenceSection },
  { id: 'pipeline', title: 'Pipeline', of: pipelineSection },
  { id: 'season', title: 'Earlier weeks', of: seasonalSection },
  { id: 'small-print', title: 'Small print', of: smallPrint },
];

/**
 * A report as one HTML page for people: verdict, what to do, then everything that it stands on. It needs no network and no script, holds
 * names of clients as inert text, and is at most 2 MB long whatever the report holds.
 */
export function renderReportPage(report: DriftReport): string {
  const sections = SECTIONS.map(({ of, ...section }) => ({ ...section, content: of(report) })).filter(
    ({ content }) => content !== undefined,
  );
  const contents = markup`<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
`;
  const { model, verdict } = report;
  return pageShell(`${verdictWords[verdict]}: ${model.name}@${model.version} · Assay`, {
    header: markup`${banner(report)}${contents}`,
    main: sections.map(({ content }) => content),
  });
}
