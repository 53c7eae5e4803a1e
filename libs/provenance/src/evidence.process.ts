/** Body of the process that reads evidence. Started by `createEvidenceReader` only. */
import { c2paFinding } from './c2pa/c2pa-finding.ts';
import {
  createManifestReader,
  mayHoldManifest,
  REMOTE,
  type ManifestReader,
} from './c2pa/manifest-reader.ts';
import type { FromEvidenceProcess, ToEvidenceProcess } from './evidence-messages.ts';
import { metadataFindings } from './metadata-findings.ts';
import { readMetadata, type Unread } from './metadata/read-metadata.ts';

// Nothing here has any business on the network; a library that tried would fail.
Reflect.deleteProperty(globalThis, 'fetch');

const post = (message: FromEvidenceProcess) => process.send!(message);

process.once('message', (settings: ToEvidenceProcess & { kind: 'settings' }) => {
  const manifests = createManifestReader(settings.trustAnchors);
  process.on('message', (file: ToEvidenceProcess & { kind: 'file' }) => void read(file, manifests));
});
// Whoever asked is gone.
process.on('disconnect', () => process.exit());

async function read(
  { bytes, format }: ToEvidenceProcess & { kind: 'file' },
  manifests: ManifestReader,
): Promise<void> {
  const { metadata, unread } = await readMetadata(bytes);
  post({ kind: 'part', findings: metadataFindings(metadata), unread });
  if (mayHoldManifest(bytes)) {
    const result = await manifests.read(bytes, format);
    if (result !== undefined && 'store' in result) {
      const finding = c2paFinding(result.store);
      post({ kind: 'part', findings: finding === undefined ? [] : [finding], unread: [] });
    } else if (result !== undefined) post({ kind: 'part', findings: [], unread: [result.unread] });
  } else if (metadata.groups.xmp.has('provenance')) {
    const elsewhere: Unread = { part: 'C2PA manifest', reason: REMOTE };
    post({ kind: 'part', findings: [], unread: [elsewhere] });
  }
  post({ kind: 'done', isSpent: manifests.isSpent });
}
