import { describe, expect, it } from '@jest/globals';
import { elementTypes, type ElementType } from './element-type.ts';
import { makeTensor } from './make-tensor.ts';
import type { TensorProto } from './messages.ts';
import { tensorValues } from './tensor-values.ts';

const tensor = (type: ElementType, rest: Partial<TensorProto>, dims = [2]): TensorProto => ({
  name: 't',
  dims,
  dataType: elementTypes[type],
  ...rest,
});
const invalid = (text: string): unknown =>
  expect.objectContaining({ code: 'invalid-model', message: expect.stringContaining(text) });

describe('tensorValues', () => {
  it.each([
    Float32Array.of(1.5, -2),
    Float64Array.of(1 / 3, -2),
    Int8Array.of(-128, 127),
    Uint8Array.of(0, 255),
    Int16Array.of(-32768, 1),
    Uint16Array.of(65535, 1),
    Int32Array.of(-(2 ** 31), 1),
    Uint32Array.of(2 ** 32 - 1, 1),
    BigInt64Array.of(-(2n ** 63n), 1n),
    BigUint64Array.of(2n ** 64n - 1n, 1n),
  ])('gives back what makeTensor was given: %p', (data) => {
    const values = tensorValues(makeTensor('t', { shape: [2, 1], data }));
    expect(values.shape).toEqual([2, 1]);
    expect(values.data).toEqual(data);
  });

  it.each<[ElementType, Partial<TensorProto>, unknown]>([
    ['float32', { floatData: [1.5, -2] }, Float32Array.of(1.5, -2)],
    ['float64', { doubleData: [1 / 3, 2] }, Float64Array.of(1 / 3, 2)],
    ['int8', { int32Data: [-128, 127] }, Int8Array.of(-128, 127)],
    ['uint8', { int32Data: [0, 255] }, Uint8Array.of(0, 255)],
    ['int16', { int32Data: [-32768, 1] }, Int16Array.of(-32768, 1)],
    ['uint16', { int32Data: [65535, 1] }, Uint16Array.of(65535, 1)],
    ['int32', { int32Data: [-5, 5] }, Int32Array.of(-5, 5)],
    ['int64', { int64Data: [-(2n ** 63n), 5] }, BigInt64Array.of(-(2n ** 63n), 5n)],
    ['uint32', { uint64Data: [2 ** 32 - 1, 5] }, Uint32Array.of(2 ** 32 - 1, 5)],
    ['uint64', { uint64Data: [2n ** 64n - 1n, 5] }, BigUint64Array.of(2n ** 64n - 1n, 5n)],
    ['bool', { int32Data: [1, 0] }, Uint8Array.of(1, 0)],
    ['float16', { int32Data: [0x3c00, 0xc000] }, Float32Array.of(1, -2)],
    ['bfloat16', { int32Data: [0x3f80, 0xc000] }, Float32Array.of(1, -2)],
    ['uint4', { int32Data: [0xf1] }, Uint8Array.of(1, 15)],
    ['int4', { int32Data: [0xf1] }, Int8Array.of(1, -1)],
    ['string', { stringData: [Buffer.from('ä'), Buffer.from('b')] }, ['ä', 'b']],
  ])('reads %s from the typed field that ONNX assigns to it', (type, rest, expected) => {
    expect(tensorValues(tensor(type, rest))).toEqual({ shape: [2], type, data: expected });
  });

  it('reads every kind of float16: normal, subnormal, zero, infinite, not a number', () => {
    const bits = Uint16Array.of(0x3c00, 0x3555, 0x0001, 0x8000, 0x7bff, 0xfc00, 0x7e00);
    const { data } = tensorValues(makeTensor('t', { shape: [7], data: bits, type: 'float16' }));
    // 0x3555 is (1024 + 341) / 2^12; 0x0001 is 2^-24; 0x7bff is the largest, 65504
    expect(data).toEqual(Float32Array.of(1, 0.333251953125, 2 ** -24, -0, 65504, -Infinity, NaN));
  });

  it('reads bfloat16 as the upper half of float32', () => {
    const { data } = tensorValues(
      makeTensor('t', { shape: [3], data: Uint16Array.of(0x3f80, 0x4049, 0xff80), type: 'bfloat16' }),
    );
    expect(data).toEqual(Float32Array.of(1, 3.140625, -Infinity));
  });

  it('reads bytes at any alignment and does not share them', () => {
    const bytes = new Uint8Array([0, ...new Uint8Array(Float32Array.of(7, 8).buffer)]);
    const { data } = tensorValues(tensor('float32', { rawData: bytes.subarray(1) }));
    bytes.fill(0);
    expect(data).toEqual(Float32Array.of(7, 8));
  });

  it('reads bytes that came as a Buffer of a file', () => {
    const file = Buffer.concat([Buffer.of(9), Buffer.from(Float32Array.of(1.5, -2).buffer)]);
    const values = tensorValues(tensor('float32', { rawData: file.subarray(1) }));
    expect(values.data).toEqual(Float32Array.of(1.5, -2));
  });

  it('reads odd numbers of 4-bit values', () => {
    const values = tensorValues(tensor('int4', { rawData: Uint8Array.of(0x98, 0x07) }, [3]));
    expect(values.data).toEqual(Int8Array.of(-8, -7, 7));
  });

  it('reads scalars and empty tensors', () => {
    expect(tensorValues(tensor('float32', { floatData: [3] }, []))).toMatchObject({ shape: [] });
    expect(tensorValues(tensor('float32', {}, [0, 3])).data).toEqual(new Float32Array(0));
  });

  it('asks for the bytes of external data by place, and refuses when nobody can read them', () => {
    const external = tensor('float32', {
      dataLocation: 1,
      externalData: [
        { key: 'location', value: 'weights.bin' },
        { key: 'offset', value: '4096' },
        { key: 'length', value: '8' },
      ],
    });
    const asked: unknown[] = [];
    const { data } = tensorValues(external, (where) => {
      asked.push(where);
      return new Uint8Array(Float32Array.of(1, 2).buffer);
    });
    expect(asked).toEqual([{ location: 'weights.bin', offset: 4096, length: 8 }]);
    expect(data).toEqual(Float32Array.of(1, 2));
    expect(() => tensorValues(external)).toThrow(invalid('"weights.bin"'));
    expect(() => tensorValues({ ...external, externalData: [] })).toThrow(invalid('not valid'));
  });

  it('refuses tensors whose values do not fill the shape or cannot be read', () => {
    expect(() => tensorValues(tensor('float32', { rawData: new Uint8Array(7) }))).toThrow(invalid('needs 8'));
    expect(() => tensorValues(tensor('float32', { floatData: [1] }))).toThrow(invalid('needs 2'));
    expect(() => tensorValues(tensor('complex64', {}))).toThrow(invalid('complex64'));
    expect(() => tensorValues({ dims: [], dataType: 99 })).toThrow(invalid('99'));
  });
});
