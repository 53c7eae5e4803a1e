/**
 * The operator set that graphs are written for unless asked otherwise: 21 (ONNX 1.16). It is the newest whose
 * convolution, pooling and element-wise operators still are the versions that every graph optimisation of
 * onnxruntime-node 1.30 matches; 18 brought `axes` as an input of reductions, 20 `Gelu`, 21 the wider
 * `QuantizeLinear`.
 */
export const DEFAULT_OPSET = 21;

/** The version of the file format that came with {@link DEFAULT_OPSET}: 10. onnxruntime-node 1.30 reads it. */
export const DEFAULT_IR_VERSION = 10;
