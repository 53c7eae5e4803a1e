/** Body of the thread that reads evidence. Started by `createEvidenceReader` only. */
import { parentPort, workerData } from 'node:worker_threads';
import { c2paFinding } from './c2pa/c2pa-finding.ts';
import { createManifestReader, mayHoldManifest, REMOTE } from './c2pa/manifest-reader.ts';
import type { EvidenceThreadData, FromEvidenceThread, ToEvidenceThread } from './evidence-messages.ts';
import { metadataFindings } from './metadata-findings.ts';
import { readMetadata, type Unread } from './metadata/read-metadata.ts';

// Nothing here has any business on the network; a library that tried would fail.
Reflect.deleteProperty(globalThis, 'fetch');
// What libraries print over a stranger's file is no log of ours.
process.stdout.write = process.stderr.write = () => true;

const port = parentPort!;
const manifests = createManifestReader((workerData as EvidenceThreadData).trustAnchors);
const post = (message: FromEvidenceThread) => port.postMessage(message);

port.on('message', (message: ToEvidenceThread) => void read(message));

async function read({ bytes, format }: ToEvidenceThread): Promise<void> {
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
