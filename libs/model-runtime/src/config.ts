/**
 * Turns ONNX Runtime's telemetry off. It is on by default on Linux since 1.29 and writes a database into the
 * home directory. The native library reads the variable once, while it is loaded, from the environment of the
 * process; a worker thread has only a copy of that. So this module runs on the first import of
 * `@assay/model-runtime`, which must happen in the main thread before a worker opens a session.
 */
process.env.ORT_DISABLE_TELEMETRY ??= '1';
