/** For tests of libraries that may not import `onnx-graph` themselves. */
export { attribute, GraphBuilder } from '@assay/onnx-graph';
export { startGcsFake, type GcsFake } from './gcs-fake.ts';
export * from './c2pa/sign-image.ts';
export * from './c2pa/test-signer.ts';
export * from './png-chunks.ts';
export * from './png.ts';
export * from './tiny-models.ts';
export * from './tiny-package.ts';
export { sampleReport, type SampleReport } from './sample-report.ts';
export { driftingRecords, makeDriftRegistry, type DriftingRecords } from './drifting-world.ts';
