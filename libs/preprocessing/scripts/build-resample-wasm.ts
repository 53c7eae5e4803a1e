// Assembles src/resample.wat into src/resample-wasm-module.ts: node libs/preprocessing/scripts/build-resample-wasm.ts
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const source = new URL('../src/resample.wat', import.meta.url);
const target = new URL('../src/resample-wasm-module.ts', import.meta.url);
const { parseWat } = await wabt();
const { buffer } = parseWat('resample.wat', readFileSync(source, 'utf8'), { simd: true }).toBinary({});
const lines =
  Buffer.from(buffer)
    .toString('base64')
    .match(/.{1,100}/g) ?? [];
writeFileSync(
  target,
  `/** resample.wat, assembled by scripts/build-resample-wasm.ts. */
export const resampleWasmModule = [
${lines.map((line) => `  '${line}',\n`).join('')}].join('');
`,
);
