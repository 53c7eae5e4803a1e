import { TestEnvironment } from 'jest-environment-node';

/**
 * Globals whose identity native add-ons check. jest runs each test file in a `vm` context with its own copies;
 * onnxruntime-node then refuses a tensor with "data must be type of function Float32Array()".
 */
const SHARED_CONSTRUCTORS = {
  ArrayBuffer,
  SharedArrayBuffer,
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
  ...('Float16Array' in globalThis ? { Float16Array: globalThis.Float16Array } : {}),
};

// Nx and CI systems set it; the output of a process that a test starts would hold colours there and none elsewhere.
delete process.env.FORCE_COLOR;

/** jest's Node environment, with the binary-data constructors of the process instead of the context's own. */
export default class NodeEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, SHARED_CONSTRUCTORS);
  }
}
