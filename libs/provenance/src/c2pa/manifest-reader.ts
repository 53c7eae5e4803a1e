import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ImageFormat } from '@assay/preprocessing';
import type { Unread } from '../metadata/read-metadata.ts';

/** Reads the manifest stores of files. */
export interface ManifestReader {
  /**
   * @returns the store as JSON; or why there is none to be read; undefined where the file has none
   */
  read(bytes: Uint8Array, format: ImageFormat): Promise<{ store: unknown } | { unread: Unread } | undefined>;
  /** Whether it should be replaced: it broke over a file, or holds much memory, which WebAssembly never gives back. */
  readonly isSpent: boolean;
}

/** Bytes beyond which the memory of WebAssembly counts as much; a file takes a few times its size. */
const MUCH_MEMORY = 256 * 2 ** 20;

/** Megabytes that a compressed manifest may grow to. */
const LARGEST_MANIFEST = 16;

/** @param trustAnchors - certificates in PEM whose holders are vouched for; none where left out */
export function createManifestReader(trustAnchors?: string): ManifestReader {
  const settings = JSON.stringify({
    // No address that a file names is ever asked: not for its manifest, not for revoked certificates.
    verify: { remote_manifest_fetch: false, ocsp_fetch: false, verify_trust: true },
    core: { allowed_network_hosts: [], max_decompressed_manifest_size_in_mb: LARGEST_MANIFEST },
    ...(trustAnchors === undefined ? {} : { trust: { user_anchors: trustAnchors } }),
  });
  let library: ReturnType<typeof load> | undefined;
  let isBroken = false;
  let memory = 0;
  return {
    get isSpent() {
      return isBroken || memory > MUCH_MEMORY;
    },
    async read(bytes, format) {
      const { WasmReader, size } = await (library ??= load());
      try {
        using reader = await WasmReader.fromBytes(`image/${format}`, bytes, settings);
        return { store: JSON.parse(reader.json()) as unknown };
      } catch (error) {
        // A panic of the library: what it leaves behind cannot be relied on.
        isBroken ||= error instanceof Error && error.name === 'RuntimeError';
        return reasonOf(error);
      } finally {
        memory = size();
      }
    },
  };
}

async function load() {
  const { initSync, WasmReader } = await import('@contentauth/c2pa-wasm');
  const file = fileURLToPath(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
  const exported: { readonly memory: { readonly buffer: ArrayBuffer } } = initSync({
    module: await readFile(file),
  });
  return { WasmReader, size: () => exported.memory.buffer.byteLength };
}

function reasonOf(error: unknown): { unread: Unread } | undefined {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('JumbfNotFound')) return undefined;
  const part = 'C2PA manifest';
  if (message.includes('RemoteManifest')) return { unread: { part, reason: REMOTE } };
  return { unread: { part, reason: `is damaged or not of a kind that is known (${message})` } };
}

/** Why a manifest that lies elsewhere is not read. */
export const REMOTE = 'is kept elsewhere on the network; nothing is fetched';

/**
 * Whether a file may have a manifest in it: the labels of its outermost box stand there as they are, in every format. Most files
 * have none, and the library need not be loaded for them.
 */
export function mayHoldManifest(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.includes('jumb', 'latin1') && buffer.includes('c2pa', 'latin1');
}
