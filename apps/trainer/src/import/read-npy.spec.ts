import { describe, expect, it } from '@jest/globals';
import { nestedTensor, readNpy } from './read-npy.ts';

/** A file as numpy 1.x and 2.x write it: header padded so that the data begins at a multiple of 64. */
function npy(descr: string, shape: string, data: ArrayBufferView, order = 'False'): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const size = Buffer.alloc(2);
  size.writeUInt16LE(header.length);
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0]);
  return Buffer.concat([
    magic,
    size,
    Buffer.from(header),
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  ]);
}

describe('a NumPy file', () => {
  it.each([
    ['<f4', Float32Array.of(1.5, -2)],
    ['<f8', Float64Array.of(1.5, -2)],
    ['<i4', Int32Array.of(3, -2)],
    ['<i8', BigInt64Array.of(3n, -2n)],
    ['|u1', Uint8Array.of(3, 255)],
  ])('of %s is read', (descr, data) => {
    const { shape, data: read } = readNpy(npy(descr, '(1, 2)', data), 'a.npy');
    expect(shape).toEqual([1, 2]);
    expect([...read]).toEqual(Array.from(data as ArrayLike<number | bigint>, Number));
  });

  it('of one axis, or none, is read', () => {
    expect(readNpy(npy('<f4', '(2,)', Float32Array.of(1, 2)), 'a.npy').shape).toEqual([2]);
    expect([...readNpy(npy('<f4', '()', Float32Array.of(7)), 'a.npy').data]).toEqual([7]);
  });

  it('of another kind is refused with what to do', () => {
    expect(() => readNpy(Buffer.from('not one at all'), 'a.npy')).toThrow('a.npy: expected an array');
    expect(() => readNpy(npy('<c8', '(1,)', new Float64Array(1)), 'a.npy')).toThrow('astype');
    expect(() => readNpy(npy('<f4', '(2, 2)', new Float32Array(4), 'True'), 'a.npy')).toThrow(
      'ascontiguousarray',
    );
    expect(() => readNpy(npy('<f4', '(3,)', new Float32Array(2)), 'a.npy')).toThrow('cut off');
  });
});

describe('nested lists', () => {
  it('become a tensor, row-major', () => {
    expect(
      nestedTensor(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        'a.json',
      ),
    ).toEqual({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  });

  it('must be even and hold numbers', () => {
    expect(() => nestedTensor([[1], [2, 3]], 'a.json')).toThrow('differ in length');
    expect(() => nestedTensor([1, 'x'], 'a.json')).toThrow('received "x"');
  });
});
