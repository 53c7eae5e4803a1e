/**
 * The operator set that graphs are written for unless asked otherwise: 21 (ONNX 1.16). It has what Assay writes (reduction
 * axes as an input since 18, `Gelu` since 20) and older runtimes still read it. Newer sets gain nothing: with onnxruntime-node
 * 1.30 the same float and quantised convolution networks become the same kernels, at the same speed, from 18 to 23.
 */
export const DEFAULT_OPSET = 21;

/** The version of the file format that came with {@link DEFAULT_OPSET}: 10. onnxruntime-node 1.30 reads it. */
export const DEFAULT_IR_VERSION = 10;
