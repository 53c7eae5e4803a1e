import type { StoredRun } from '@assay/training-runs';
import { escapeXml } from '../charts/render-chart.ts';
import { compareRuns } from '../runs/compare-runs.ts';
import type { RunValue } from '../runs/run-values.ts';
import { printable, shortNumber } from '../runs/text-table.ts';
import type { NamedChart } from './run-charts.ts';
import type { ShownSample } from './run-pictures.ts';

/** What belongs to one run alone. */
export interface RunSection {
  run: StoredRun;
  confusion?: NamedChart | undefined;
  samples: readonly ShownSample[];
}

/**
 * A page about runs that needs no network: pictures and styles are in it, scripts are not, and its policy forbids
 * both to whatever could slip in.
 */
export function reportPage(curves: readonly NamedChart[], sections: readonly RunSection[]): string {
  const runs = sections.map(({ run }) => run);
  const title = runs.length === 1 ? runs[0]!.name : `${runs.length} runs`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${text(title)} · Assay</title>
<style>${style}</style>
</head>
<body>
<header><h1>${text(title)}</h1></header>
<main>
<section><h2>Runs</h2>${runTable(runs)}</section>
${runs.length > 1 ? comparisonSection(runs) : ''}
<section><h2>Curves</h2><div class="charts">${curves.map(figure).join('')}</div></section>
${sections.map((section) => runSection(section, runs.length > 1)).join('')}
</main>
</body>
</html>
`;
}

function runTable(runs: readonly StoredRun[]): string {
  return table(
    ['run', 'state', 'started', 'epochs', 'best', 'data', 'commit', 'command'],
    runs.map((run) => [
      run.name,
      run.state,
      run.startedAt.slice(0, 19).replace('T', ' '),
      String(run.epochs.at(-1)?.epoch ?? 0),
      run.best ? `${run.metric} ${shortNumber(run.best.value)} (epoch ${run.best.epoch})` : '–',
      run.datasetDigest.slice(0, 12),
      run.gitCommit?.slice(0, 12) ?? '–',
      run.command,
    ]),
  );
}

function comparisonSection(runs: readonly StoredRun[]): string {
  const { differences, metrics } = compareRuns(runs);
  const show = (value: RunValue) =>
    value === null ? '–' : typeof value === 'number' ? shortNumber(value) : String(value);
  const rows = (part: Record<string, RunValue[]>) =>
    Object.entries(part).map(([name, values]) => [name, ...values.map(show)]);
  const names = runs.map(({ name }) => name);
  return `<section><h2>What differs</h2>${table(['setting', ...names], rows(differences))}
<h2>Best epoch of each</h2>${table(['metric', ...names], rows(metrics))}</section>`;
}

function runSection({ run, confusion, samples }: RunSection, named: boolean): string {
  if (confusion === undefined && samples.length === 0) return '';
  const heading = (what: string) => `<h2>${what}${named ? ` · ${text(run.name)}` : ''}</h2>`;
  return `<section>${confusion ? `${heading('Confusion')}<div class="charts">${figure(confusion)}</div>` : ''}
${samples.length > 0 ? `${heading('Sample predictions')}<ul class="samples">${samples.map(sampleItem).join('')}</ul>` : ''}</section>`;
}

function sampleItem({ file, label, prediction, probability, jpeg }: ShownSample): string {
  const right = label === prediction;
  const image = jpeg
    ? `<img alt="" src="data:image/jpeg;base64,${jpeg.toString('base64')}">`
    : `<code>${text(file)}</code>`;
  const verdict = right
    ? `<b>${text(prediction)}</b>, right`
    : `<b>${text(prediction)}</b>, wrong: ${text(label)}`;
  return `<li class="${right ? 'right' : 'wrong'}" title="${text(file)}">${image}<span>${verdict}<br>${(100 * probability).toFixed(1)} %</span></li>`;
}

const figure = ({ svg }: NamedChart) => `<figure>${svg}</figure>`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p>Nothing.</p>';
  const line = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${text(cell)}</${tag}>`).join('')}</tr>`;
  return `<div class="wide"><table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table></div>`;
}

/** Text as text, whatever it holds. */
function text(value: string): string {
  return escapeXml(printable(value));
}

const style = `
:root{color-scheme:light dark;--paper:#fdfdfd;--ink:#24292f;--line:#d0d7de;--right:#009e73;--wrong:#d55e00}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#d0d7de;--line:#30363d}}
body{margin:0 auto;max-width:1500px;padding:1rem 2rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.87rem}
th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top;max-width:32rem;overflow-wrap:break-word}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,560px),1fr));gap:1rem}
figure{margin:0}figure svg{max-width:100%;height:auto}
.samples{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:.8rem}
.samples li{border:1px solid var(--line);border-left:5px solid var(--right);padding:.5rem;display:flex;flex-direction:column;gap:.3rem;overflow-wrap:anywhere}
.samples li.wrong{border-left-color:var(--wrong)}.samples img{width:96px;height:96px;object-fit:contain}
`;
