import { describe, expect, it } from '@jest/globals';
import { attribute } from './attribute.ts';
import { parseModel, serialiseModel } from './codec.ts';
import { findAttribute } from './make-node.ts';
import { GraphBuilder } from './graph-builder.ts';
import { inlineExternalData } from './inline-external-data.ts';
import { makeTensor } from './make-tensor.ts';
import type { TensorProto } from './messages.ts';
import { tensorValues } from './tensor-values.ts';

function external(name: string, offset: number): TensorProto {
  const { rawData: _, ...tensor } = makeTensor(name, { shape: [2], data: new Float32Array(2) });
  const place = { location: 'weights.bin', offset: String(offset), length: '8' };
  return {
    ...tensor,
    dataLocation: 1,
    externalData: Object.entries(place).map(([key, value]) => ({ key, value })),
  };
}

describe('inlining external data', () => {
  it('brings weights in from files, in constants and in attributes, and keeps the others', () => {
    const builder = new GraphBuilder();
    const x = builder.input('x', [2]);
    const first = builder.op('Add', [x, builder.constant(external('w', 0))]);
    const constant = builder.op('Constant', [], { value: attribute.tensor(external('', 8)) });
    const own = builder.initializer('own', [2], Float32Array.of(5, 6));
    builder.op('Sum', [first, constant, own], {}, { output: 'y' });
    builder.output('y', [2]);
    const model = parseModel(builder.build());
    const file = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
    const files = inlineExternalData(model, ({ offset, length }) => file.slice(offset, offset + length!));
    expect(files).toEqual(['weights.bin']);
    const { graph } = parseModel(serialiseModel(model));
    expect(graph.initializer.map((tensor) => [...tensorValues(tensor).data])).toEqual([
      [1, 2],
      [5, 6],
    ]);
    const value = findAttribute(
      graph.node.find((node) => node.opType === 'Constant')!,
      'value',
    )!.t!;
    expect([...tensorValues(value).data]).toEqual([3, 4]);
    expect(inlineExternalData(model, () => new Uint8Array())).toEqual([]);
  });
});
