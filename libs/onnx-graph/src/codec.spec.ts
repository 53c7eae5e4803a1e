import { describe, expect, it } from '@jest/globals';
import { AssayError } from '@assay/schema';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from './graph-builder.ts';
import { parseModel, serialiseModel } from './codec.ts';
import { messageSchema } from './message-schema.ts';
import { findAttribute } from './make-node.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures', name)));

const invalid = expect.objectContaining({ code: 'invalid-model' });

describe('a model of another exporter', () => {
  it.each(['torch-convolutional.onnx', 'torch-branching.onnx'])(
    'is written byte for byte as read: %s',
    (name) => {
      const bytes = fixture(name);
      expect(Buffer.compare(serialiseModel(parseModel(bytes)), bytes)).toBe(0);
    },
  );

  it('keeps known and unknown fields of every message, at every depth', () => {
    const bytes = sampleMessage('ModelProto');
    const model = parseModel(bytes);
    expect(Buffer.from(serialiseModel(model)).toString('hex')).toBe(Buffer.from(bytes).toString('hex'));
    expect(new Set(sampled)).toEqual(new Set(Object.keys(messageSchema)));
  });

  it('keeps unknown fields of a message whose known fields are changed', () => {
    const model = parseModel(sampleMessage('ModelProto'));
    model.graph.node[0]!.name = 'changed';
    const again = parseModel(serialiseModel(model));
    expect(again.graph.node[0]!.name).toBe('changed');
    expect(Buffer.from(serialiseModel(again)).includes(Buffer.from(unknownFields))).toBe(true);
    expect(count(serialiseModel(again), unknownFields)).toBe(
      count(sampleMessage('ModelProto'), unknownFields),
    );
  });

  it('keeps a known field that comes with an unexpected wire type', () => {
    const bytes = Uint8Array.from([
      ...tag(1, 2),
      2,
      7,
      7,
      ...length(7, sampleMessage('GraphProto')),
      ...length(8, [16, 13]),
    ]);
    const written = serialiseModel(parseModel(bytes));
    expect(count(written, Uint8Array.from([...tag(1, 2), 2, 7, 7]))).toBe(1);
  });

  it('reads lists packed although ONNX declares them unpacked', () => {
    const ints = length(5, [...length(1, text('pads')), ...length(8, [3, 4, 5])]);
    const bytes = Uint8Array.from([...length(7, length(1, ints)), ...length(8, [16, 13])]);
    const model = parseModel(serialiseModel(parseModel(bytes)));
    expect(findAttribute(model.graph.node[0]!, 'pads')?.ints).toEqual([3, 4, 5]);
  });
});

describe('64-bit integers', () => {
  it('are numbers where exact and bigints beyond 2^53', () => {
    const model = parseModel(new GraphBuilder().build());
    const values = [0, -1, 2 ** 53 - 1, 2n ** 53n, -(2n ** 63n), 2n ** 63n - 1n];
    model.graph.initializer.push({
      name: 'c',
      dims: values,
      dataType: 7,
      int64Data: values,
      uint64Data: [2n ** 64n - 1n],
    });
    const [read] = parseModel(serialiseModel(model)).graph.initializer;
    expect(read!.int64Data).toEqual(values);
    expect(read!.dims).toEqual(values);
    expect(read!.uint64Data).toEqual([2n ** 64n - 1n]);
  });

  it('are refused when a number is not exact', () => {
    const model = parseModel(new GraphBuilder().build());
    model.modelVersion = 2 ** 53;
    expect(() => serialiseModel(model)).toThrow(invalid);
    model.modelVersion = 2n ** 64n;
    expect(() => serialiseModel(model)).toThrow(invalid);
    model.modelVersion = 0.5;
    expect(() => serialiseModel(model)).toThrow(invalid);
  });
});

describe('bytes that are no model', () => {
  it('are refused wherever an exported file is cut off', () => {
    const bytes = fixture('torch-convolutional.onnx');
    const accepted: number[] = [];
    for (let end = 0; end < bytes.length; end++) {
      try {
        parseModel(bytes.subarray(0, end));
        accepted.push(end);
      } catch (error) {
        if (!(error instanceof AssayError && error.code === 'invalid-model')) throw error;
      }
    }
    expect(accepted).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a web page', Buffer.from('<!doctype html><html><body>Not found</body></html>')],
    ['a PNG file', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['zeros', new Uint8Array(64)],
    [
      'a Git LFS pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
    ],
  ])('are refused: %s', (_, bytes) => {
    expect(() => parseModel(bytes)).toThrow(invalid);
  });

  it('are refused when a name is not UTF-8, because it could not be kept', () => {
    const bytes = Uint8Array.from([...length(7, length(2, [0xff, 0xfe])), ...length(8, [16, 13])]);
    expect(() => parseModel(bytes)).toThrow(invalid);
  });

  it('are refused when graphs are nested without end, instead of exhausting the stack', () => {
    let graph = text('');
    for (let depth = 0; depth < 400; depth++) graph = length(1, length(5, length(6, graph)));
    expect(() => parseModel(Uint8Array.from([...length(7, graph), ...length(8, [16, 13])]))).toThrow(invalid);
  });
});

// A writer of the protobuf wire format that knows nothing of the codec under test.

const sampled: string[] = [];

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

function tag(field: number, wire: number): number[] {
  return varint(BigInt(field * 8 + wire));
}

function length(field: number, content: Iterable<number>): number[] {
  const bytes = [...content];
  return [...tag(field, 2), ...varint(BigInt(bytes.length)), ...bytes];
}

function text(value: string): number[] {
  return [...Buffer.from(value)];
}

/** One unknown field of every wire type: varint, 64 bits, bytes, group, 32 bits. */
const unknownFields = Uint8Array.from([
  ...[...tag(1000, 0), ...varint(-5n)],
  ...[...tag(1001, 1), 1, 2, 3, 4, 5, 6, 7, 8],
  ...length(1002, text('später')),
  ...[...tag(1003, 3), ...tag(1, 0), 9, ...tag(1003, 4)],
  ...[...tag(1004, 5), 1, 2, 3, 4],
]);

/** A message with two values in every repeated field, extremes in every integer, and unknown fields at its end. */
function sampleMessage(type: string, outside: readonly string[] = []): Uint8Array {
  sampled.push(type);
  const fields = Object.entries(messageSchema[type]!).flatMap(([id, row]) => {
    const [label = '', kind = ''] = row.split(' ');
    if (outside.includes(kind) || kind === type) return [];
    return sampleField(Number(id), { label, kind, outside: [...outside, type] });
  });
  return Uint8Array.from([...fields, ...unknownFields]);
}

function sampleField(
  id: number,
  field: { label: string; kind: string; outside: readonly string[] },
): number[] {
  const { label, kind, outside } = field;
  const once = (value: readonly number[], wire: number): number[] => {
    if (label === 'packed') return length(id, [...value, ...value]);
    const single = wire === 2 ? length(id, value) : [...tag(id, wire), ...value];
    return label === 'many' ? [...single, ...single] : single;
  };
  if (kind === 'int64') return once(varint(-(2n ** 63n) + 1n), 0);
  if (kind === 'uint64') return once(varint(2n ** 64n - 1n), 0);
  if (kind === 'int32') return once(varint(-7n), 0);
  if (kind === 'float') return once([0, 0, 0x80, 0x7f], 5);
  if (kind === 'double') return once([1, 2, 3, 4, 5, 6, 7, 8], 1);
  if (kind === 'string') return once(text('Größe'), 2);
  if (kind === 'bytes') return once([0, 255, 128], 2);
  return once([...sampleMessage(kind, outside)], 2);
}

function count(bytes: Uint8Array, part: Uint8Array): number {
  return Buffer.from(bytes).toString('latin1').split(Buffer.from(part).toString('latin1')).length - 1;
}
