import { describe, expect, it } from '@jest/globals';
import { decodeImage } from './decode-image.ts';
import { renderSvg } from './render-svg.ts';

const square = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="10" height="10" fill="#ff0000"/>${body}</svg>`;
const decode = (png: Uint8Array) =>
  decodeImage(png, { spec: { autoOrient: false, icc: false, background: [255, 255, 255], colour: 'rgb' } });

describe('renderSvg', () => {
  it('draws at the size of the picture times the scale', async () => {
    const image = await decode(await renderSvg(square(''), { scale: 3 }));
    expect([image.format, image.width, image.height]).toEqual(['png', 60, 30]);
    expect([...image.data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  it('draws at twice the size unless told', async () => {
    expect(await decode(await renderSvg(square('')))).toMatchObject({ width: 40, height: 20 });
  });

  it('gives equal bytes for equal pictures', async () => {
    expect(await renderSvg(square('<text>a</text>'))).toEqual(await renderSvg(square('<text>a</text>')));
  });

  it('says what is wrong with what is not an SVG', async () => {
    await expect(renderSvg('<html>')).rejects.toMatchObject({ code: 'unreadable-image' });
    await expect(renderSvg(square('<text>'))).rejects.toThrow('The SVG cannot be drawn');
    await expect(renderSvg(square(''), { scale: 0 })).rejects.toThrow('from 0.1 to 8');
  });
});
