import { AssayError } from '@assay/schema';
import protobuf from 'protobufjs/light.js';
import type { Int64 } from './messages.ts';

/** Reads 64-bit integers as {@link Int64} and refuses strings that are not UTF-8 (they could not be kept). */
export class ExactReader extends protobuf.Reader {
  override int64(): never {
    return exact(super.int64(), true) as never;
  }

  override uint64(): never {
    return exact(super.uint64(), false) as never;
  }

  override string(): string {
    return this.stringVerify();
  }
}

/** Writes {@link Int64} values, a bigint in full. */
export class ExactWriter extends protobuf.Writer {
  override int64(value: unknown): this {
    super.int64(toLong(value));
    return this;
  }

  override uint64(value: unknown): this {
    super.uint64(toLong(value));
    return this;
  }

  override int64s(values: readonly unknown[]): this {
    super.int64s(values.map(toLong));
    return this;
  }

  override uint64s(values: readonly unknown[]): this {
    super.uint64s(values.map(toLong));
    return this;
  }
}

type Bits = { low: number; high: number };

function exact(value: number | Bits, signed: boolean): Int64 {
  if (typeof value === 'number') return value;
  const high = signed ? value.high | 0 : value.high >>> 0;
  const number = high * 2 ** 32 + (value.low >>> 0);
  if (Number.isSafeInteger(number)) return number;
  return (BigInt(high) << 32n) + BigInt(value.low >>> 0);
}

function toLong(value: unknown): number {
  if (typeof value === 'bigint' && value >= -(2n ** 63n) && value < 2n ** 64n) {
    const bits = BigInt.asUintN(64, value);
    const long = { low: Number(bits & 0xffffffffn), high: Number(bits >> 32n), unsigned: true };
    return long as unknown as number;
  }
  if (Number.isSafeInteger(value)) return value as number;
  throw new AssayError(
    'invalid-model',
    `Expected an integer of at most 53 bits, or a bigint of 64, got ${String(value)}.`,
  );
}
