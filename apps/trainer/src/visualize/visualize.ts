import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderSvg } from '@assay/preprocessing';
import { AssayError } from '@assay/schema';
import type { StoredRun } from '@assay/training-runs';
import { reportPage } from './report-page.ts';
import { confusionChart, curveCharts, type NamedChart } from './run-charts.ts';
import { readRunPictures } from './run-pictures.ts';

export type PictureFormat = 'html' | 'svg' | 'png';

/**
 * Writes pictures of runs: one page, or a folder with a file for each.
 *
 * @param options.out File of the page, folder of the pictures.
 * @returns What was written.
 */
export async function visualize(
  runs: readonly StoredRun[],
  options: { format: PictureFormat; out: string },
): Promise<string[]> {
  if (runs.length === 0)
    throw new AssayError(
      'invalid-configuration',
      'There is no run to show; assay runs lists those there are.',
    );
  const { format, out } = options;
  const curves = await curveCharts(runs);
  const sections = await Promise.all(
    runs.map(async (run) => {
      const pictures = await readRunPictures(run.path);
      return { run, confusion: await confusionChart(pictures), samples: pictures.samples?.samples ?? [] };
    }),
  );
  if (format === 'html') {
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, reportPage(curves, sections));
    return [out];
  }
  const charts: NamedChart[] = [
    ...curves,
    ...sections.flatMap(({ run, confusion }) =>
      confusion
        ? [{ ...confusion, name: runs.length > 1 ? `confusion-${fileName(run.name)}` : confusion.name }]
        : [],
    ),
  ];
  await mkdir(out, { recursive: true });
  return Promise.all(
    charts.map(async ({ name, svg }) => {
      const file = join(out, `${name}.${format}`);
      await writeFile(file, format === 'svg' ? svg : await renderSvg(svg));
      return file;
    }),
  );
}

/** A name as a part of a file's name. */
export function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').slice(0, 100);
}
