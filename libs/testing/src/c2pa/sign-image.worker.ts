/** Body of the thread that signs one image. Started by `signImage` only. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { initSync, WasmBuilder } from '@contentauth/c2pa-wasm';
import { COSE_SIZE, coseSign } from './cose-sign.ts';
import type { SignImageOptions } from './sign-image.ts';

/** A blob whose bytes can be had at once. */
class HeldBlob extends Blob {
  readonly held: Uint8Array;

  constructor(bytes: Uint8Array) {
    super([new Uint8Array(bytes)]);
    this.held = bytes;
  }

  override slice(from?: number, to?: number): HeldBlob {
    return new HeldBlob(this.held.slice(from, to));
  }
}

// The builder reads its source as a browser's worker would.
Object.assign(globalThis, {
  FileReaderSync: class {
    readAsArrayBuffer({ held }: HeldBlob): ArrayBuffer {
      return new Uint8Array(held).buffer;
    }
  },
});

const { image, format, signer, manifest } = workerData as Required<SignImageOptions> & { image: Uint8Array };
initSync({ module: await readFile(fileURLToPath(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'))) });
// What the signature says may be wrong on purpose.
const settings = { verify: { verify_after_sign: false, remote_manifest_fetch: false, ocsp_fetch: false } };
const builder = WasmBuilder.fromJson(JSON.stringify(manifest), JSON.stringify(settings));
const signed = await builder.sign(
  {
    alg: 'es256',
    reserveSize: COSE_SIZE,
    sign: async (claim) => new Uint8Array(coseSign(claim, signer)),
  },
  [],
  `image/${format}`,
  new HeldBlob(image),
);
parentPort!.postMessage(signed);
