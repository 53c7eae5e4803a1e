/**
 * An int64 of a message: a number where that is exact (|value| < 2^53), a bigint beyond. Writing takes both.
 */
export type Int64 = number | bigint;

/** A key with its value: metadata, external data locations. */
export interface StringStringEntryProto {
  key?: string;
  value?: string;
}

/** The version of one operator domain that a model relies on; the default domain is `''`. */
export interface OperatorSetIdProto {
  domain?: string;
  version?: Int64;
}

/** One dimension: a size, a symbol, or neither (unknown). */
export interface DimensionProto {
  dimValue?: Int64;
  dimParam?: string;
  denotation?: string;
}

/** Element type (see `elementTypes`) and shape; no shape means unknown rank. */
export interface TensorTypeProto {
  elemType?: number;
  shape?: { dim: DimensionProto[] };
}

/** The type of a value. At most one member beside `denotation` is set. */
export interface TypeProto {
  tensorType?: TensorTypeProto;
  sequenceType?: { elemType?: TypeProto };
  mapType?: { keyType?: number; valueType?: TypeProto };
  optionalType?: { elemType?: TypeProto };
  sparseTensorType?: TensorTypeProto;
  opaqueType?: { domain?: string; name?: string };
  denotation?: string;
}

/** A name with its type: graph inputs, graph outputs and annotated intermediate values. */
export interface ValueInfoProto {
  name?: string;
  type?: TypeProto;
  docString?: string;
  metadataProps?: StringStringEntryProto[];
}

/**
 * A constant tensor, row-major. The values are in `rawData` (little-endian), or in the typed field that ONNX
 * assigns to the element type, or in a file beside the model (`dataLocation` 1). Read them with `tensorValues`.
 */
export interface TensorProto {
  name?: string;
  dims: Int64[];
  dataType?: number;
  segment?: { begin?: Int64; end?: Int64 };
  floatData?: number[];
  int32Data?: number[];
  stringData?: Uint8Array[];
  int64Data?: Int64[];
  rawData?: Uint8Array;
  doubleData?: number[];
  uint64Data?: Int64[];
  docString?: string;
  externalData?: StringStringEntryProto[];
  dataLocation?: number;
  metadataProps?: StringStringEntryProto[];
}

/** A tensor as its non-zero `values`, their `indices` and the dense shape. */
export interface SparseTensorProto {
  values?: TensorProto;
  indices?: TensorProto;
  dims: Int64[];
}

/** A named argument of a node; `type` says which member holds the value (see `attributeTypes`). */
export interface AttributeProto {
  name?: string;
  type?: number;
  f?: number;
  i?: Int64;
  s?: Uint8Array;
  t?: TensorProto;
  g?: GraphProto;
  tp?: TypeProto;
  sparseTensor?: SparseTensorProto;
  floats?: number[];
  ints?: Int64[];
  strings?: Uint8Array[];
  tensors?: TensorProto[];
  graphs?: GraphProto[];
  typeProtos?: TypeProto[];
  sparseTensors?: SparseTensorProto[];
  refAttrName?: string;
  docString?: string;
}

/** One operator call. An empty input or output name is an optional one left out. */
export interface NodeProto {
  input: string[];
  output: string[];
  name?: string;
  opType?: string;
  attribute: AttributeProto[];
  docString?: string;
  domain?: string;
  overload?: string;
  metadataProps?: StringStringEntryProto[];
}

/** The scale and zero point that some exporters attach to a tensor by name. */
export interface TensorAnnotation {
  tensorName?: string;
  quantParameterTensorNames?: StringStringEntryProto[];
}

/** A graph: nodes in topological order, its constants, its inputs and outputs. */
export interface GraphProto {
  node: NodeProto[];
  name?: string;
  initializer: TensorProto[];
  docString?: string;
  input: ValueInfoProto[];
  output: ValueInfoProto[];
  valueInfo: ValueInfoProto[];
  quantizationAnnotation?: TensorAnnotation[];
  sparseInitializer?: SparseTensorProto[];
  metadataProps?: StringStringEntryProto[];
}

/** An operator defined by the model itself. */
export interface FunctionProto {
  name?: string;
  input: string[];
  output: string[];
  attribute?: string[];
  attributeProto?: AttributeProto[];
  node: NodeProto[];
  docString?: string;
  opsetImport?: OperatorSetIdProto[];
  domain?: string;
  valueInfo?: ValueInfoProto[];
  overload?: string;
  metadataProps?: StringStringEntryProto[];
}

/** Graphs and bindings for training; ONNX Runtime for inference ignores them. */
export interface TrainingInfoProto {
  initialization?: GraphProto;
  algorithm?: GraphProto;
  initializationBinding?: StringStringEntryProto[];
  updateBinding?: StringStringEntryProto[];
}

/** A whole ONNX file as it is on disk. */
export interface ModelProto {
  irVersion?: Int64;
  producerName?: string;
  producerVersion?: string;
  domain?: string;
  modelVersion?: Int64;
  docString?: string;
  graph?: GraphProto;
  opsetImport: OperatorSetIdProto[];
  metadataProps?: StringStringEntryProto[];
  trainingInfo?: TrainingInfoProto[];
  functions?: FunctionProto[];
}

/** A model that has a graph: what `parseModel` answers. */
export interface OnnxModel extends ModelProto {
  graph: GraphProto;
}
