import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ModelManifest } from '@assay/schema';

const models = resolve(__dirname, '../../../models');

/** What runs, or reaches out, where text becomes markup. Each sets `attacked` on the window if it runs. */
export const ATTACKS = [
  '<img src="https://evil.example/pixel.gif" onerror="window.attacked = true">',
  '<svg onload="window.attacked = true"><script>window.attacked = true</script></svg>',
  '\u202egpj.drib\u202e',
  `long${'label'.repeat(60)}`,
  '__proto__',
  '"><script>window.attacked = true</script>',
] as const;

const CARD = `# <script>window.attacked = true</script> Card

<script>window.attacked = true</script>
<iframe src="https://evil.example/"></iframe>
<svg onload="window.attacked = true"></svg>

[a link](javascript:window.attacked=true) and [another](data:text/html,x) and [a good one](https://example.org/paper)

![a picture](https://evil.example/pixel.gif) ![another](data:image/svg+xml,<svg/onload=alert(1)>) ![out](../../predictions)

![Reliability](figures/reliability.svg)

| table | ${'wide '.repeat(80)} |
| --- | --- |
| ${'x'.repeat(400)} | &lt;script&gt; |
`;

/** Puts into a registry the wine model that ships, with labels, description and card of somebody who means harm. */
export async function addHostileModel(registry: string): Promise<void> {
  const source = join(models, 'wine');
  const version = (await readFile(join(source, 'champion'), 'utf8')).trim();
  const folder = join(registry, 'hostile', version);
  await mkdir(join(registry, 'hostile'), { recursive: true });
  await cp(join(source, version), folder, { recursive: true });
  await writeFile(join(registry, 'hostile', 'champion'), `${version}\n`);
  await writeFile(join(folder, 'MODEL_CARD.md'), CARD);
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as ModelManifest;
  const named = new Map(manifest.labels.map((label, at) => [label, ATTACKS[at]!]));
  const { modelDigest: _, referenceProfile: __, ...rest } = manifest;
  await writeFile(
    path,
    JSON.stringify({
      ...rest,
      name: 'hostile',
      description: ATTACKS.join(' '),
      labels: [...named.values()],
      evaluation: {
        ...manifest.evaluation,
        classes: manifest.evaluation!.classes.map((one) => ({ ...one, label: named.get(one.label) })),
      },
      files: manifest.files.map((file) =>
        file.path === 'MODEL_CARD.md'
          ? {
              ...file,
              bytes: Buffer.byteLength(CARD),
              sha256: createHash('sha256').update(CARD).digest('hex'),
            }
          : file,
      ),
    }),
  );
}
