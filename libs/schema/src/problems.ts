/**
 * The error table: every refusal that a user of Assay can meet, over HTTP (RFC 9457 problem+json) or on
 * the command line. A code is stable and may be matched on; `title` never varies; what was expected and
 * what came goes into the `detail` of the single occurrence.
 */
export const problems = {
  'bad-request': { status: 400, title: 'The request is not well formed' },
  'no-file': { status: 400, title: 'No image came with the request' },
  'too-many-files': { status: 400, title: 'More than one image came with the request' },
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-query': { status: 400, title: 'A query parameter is not valid' },
  'malformed-multipart': { status: 400, title: 'The multipart body is not well formed' },
  'request-aborted': { status: 400, title: 'The request ended before its body was complete' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'unknown-model': { status: 404, title: 'No such model' },
  'unknown-version': { status: 404, title: 'No such version of the model' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'version-exists': { status: 409, title: 'The version of the model exists already' },
  'weaker-model': { status: 409, title: 'The model is worse than the one it would replace' },
  'batch-too-large': { status: 413, title: 'The batch holds more inputs than allowed' },
  'upload-too-large': { status: 413, title: 'The upload is larger than allowed' },
  'unsupported-media-type': { status: 415, title: 'The content type is not one that is understood here' },
  'unsupported-image-format': { status: 415, title: 'The image format is not one that can be read' },
  'unreadable-image': { status: 422, title: 'The image cannot be decoded' },
  'too-many-pixels': { status: 422, title: 'The image has more pixels than allowed' },
  'invalid-features': { status: 422, title: 'The features are not those that the model expects' },
  'wrong-input-kind': { status: 422, title: 'The model takes another kind of input' },
  overloaded: { status: 429, title: 'The service is at its limit' },
  internal: { status: 500, title: 'The service failed' },
  'not-ready': { status: 503, title: 'The service is not ready' },
  'shutting-down': { status: 503, title: 'The service is shutting down' },
  'invalid-configuration': { status: 500, title: 'The configuration is not valid' },
  'invalid-package': { status: 500, title: 'The model package is not intact' },
  'invalid-dataset': { status: 500, title: 'The data set is not usable' },
  'invalid-model': { status: 500, title: 'The ONNX model is not usable' },
  'object-not-found': { status: 404, title: 'There is no such object in the store' },
  'precondition-failed': { status: 412, title: 'The object is not in the state that the call requires' },
  'invalid-object-key': { status: 400, title: 'The name of the object is not valid' },
  'invalid-range': { status: 416, title: 'The range lies outside the object' },
  'checksum-mismatch': { status: 422, title: 'The content is not what its checksum says' },
  'storage-forbidden': { status: 403, title: 'The store refuses access' },
  'storage-full': { status: 507, title: 'The store has no space left' },
  'storage-unavailable': { status: 503, title: 'The store cannot be reached' },
  'manual-download': { status: 403, title: 'The data has to be fetched by hand' },
  'training-failed': { status: 500, title: 'The training run failed' },
} as const satisfies Record<string, { status: number; title: string }>;

/** A stable, machine-readable name of one kind of refusal. */
export type ProblemCode = keyof typeof problems;
