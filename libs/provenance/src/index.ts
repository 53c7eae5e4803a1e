export { createEvidenceReader, type EvidenceReader, type EvidenceReaderOptions } from './evidence-reader.ts';
