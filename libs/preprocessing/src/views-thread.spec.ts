import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AssayError } from '@assay/schema';
import { pixelsToViews } from './pixels-to-views.ts';
import { imageSpec } from './spec-support/image-spec.ts';
import { randomImage } from './spec-support/random-image.ts';
import { viewsThread } from './views-thread.ts';

const failing = new URL('./spec-support/failing.worker.ts', import.meta.url);
const spec = imageSpec({ mirror: true });

describe('viewsThread', () => {
  it('gives what the calling thread would, for images asked for at once', async () => {
    const thread = viewsThread();
    const sizes = [5, 6, 7];
    const results = await Promise.all(sizes.map((size) => thread.run(randomImage(size, 4), spec)));
    const expected = await Promise.all(sizes.map((size) => pixelsToViews(randomImage(size, 4), spec)));
    expect(results).toEqual(expected);
  });

  it('takes the memory of an array along, and copies a part of one', async () => {
    const image = randomImage(4, 4);
    const shared = new Uint8Array(100);
    shared.set(image.data, 10);
    const part = { ...image, data: shared.subarray(10, 10 + image.data.length) };
    const thread = viewsThread();
    const fromPart = await thread.run(part, spec);
    const fromWhole = await thread.run(image, spec);
    expect(fromPart).toEqual(fromWhole);
    expect([image.data.length, shared.length]).toEqual([0, 100]);
  });

  (process.platform === 'linux' ? it : it.skip)(
    'stands back behind the thread that answers once it changes images, and not before',
    async () => {
      const behind = () =>
        readdirSync('/proc/self/task').filter(
          (thread) => getPriority(Number(thread)) > getPriority(process.pid),
        );
      const before = behind().length;
      const thread = viewsThread();
      await thread.run(randomImage(4, 4), spec);
      expect(behind()).toHaveLength(before);
      await thread.run(randomImage(4, 4), spec, { corruption: { type: 'blur', sigma: 1 }, seed: 0 });
      expect(behind().length).toBeGreaterThan(before);
    },
  );

  it('passes on why an image is refused', async () => {
    const resize = {
      mode: 'pad-square',
      size: 8,
      background: [0, 0, 0] as [number, number, number],
      filter: 'box',
      engine: 'pillow',
    } as const;
    const sliver = { width: 40_000, height: 1, channels: 3, data: new Uint8Array(120_000) } as const;
    const error = await viewsThread()
      .run(sliver, imageSpec({ resize }))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AssayError);
    expect(error).toMatchObject({
      code: 'too-many-pixels',
      message: expect.stringContaining('40000 × 1'),
      extensions: { width: 40_000, height: 1 },
    });
  });

  it.each([
    ['ends', 1, 7],
    ['fails', 2, expect.objectContaining({ message: 'out of memory' })],
  ])('that %s loses the image it worked on and no other', async (_how, width, cause) => {
    const thread = viewsThread(failing);
    const [before, lost, after] = await Promise.allSettled([
      thread.run(randomImage(5, 5), spec),
      thread.run(randomImage(width, 5), spec),
      thread.run(randomImage(6, 5), spec),
    ]);
    expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'internal', cause } });
    expect(lost).toMatchObject({ reason: { message: expect.stringContaining('Send it again') } });
    expect([before, after]).toEqual([
      { status: 'fulfilled', value: await pixelsToViews(randomImage(5, 5), spec) },
      { status: 'fulfilled', value: await pixelsToViews(randomImage(6, 5), spec) },
    ]);
  });

  it('keeps a process alive while it works, and no longer', () => {
    const script = `
      import { encodeImage, preprocessImage } from './src/index.ts';
      const image = { width: 1200, height: 900, channels: 3, data: new Uint8Array(1200 * 900 * 3).fill(51) };
      const spec = ${JSON.stringify(imageSpec({ crop: { mode: 'centre', width: 8, height: 8 } }))};
      const { views } = await preprocessImage(await encodeImage(image, 'png'), spec);
      console.log(views.data[0].toFixed(2));`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module-typescript', '--eval', script],
      { cwd: join(import.meta.dirname, '..'), encoding: 'utf8', timeout: 20_000 },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '0.20\n', stderr: '' });
  });
});
