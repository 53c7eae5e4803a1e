export { createEvidenceReader, type EvidenceReader, type EvidenceReaderOptions } from './evidence-reader.ts';
export { readTrustAnchors } from './trust-anchors.ts';
