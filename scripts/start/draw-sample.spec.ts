import { decodeImage } from '@assay/preprocessing';
import { describe, expect, it } from '@jest/globals';
import { drawSample } from './draw-sample.ts';

describe('drawSample', () => {
  it('draws a PNG that the service can decode, with sky above and hills below', async () => {
    const image = await decodeImage(drawSample(64, 48), {
      spec: { autoOrient: true, icc: false, background: [255, 255, 255], colour: 'rgb' },
    });
    expect(image).toMatchObject({ width: 64, height: 48, channels: 3, format: 'png' });
    const [skyRed, , skyBlue] = image.data;
    const [groundRed, groundGreen, groundBlue] = image.data.subarray(-3);
    expect(skyBlue).toBeGreaterThan(skyRed!);
    expect(groundGreen).toBeGreaterThan(Math.max(groundRed!, groundBlue!));
  });
});
