import { AssayError } from '@assay/schema';
import protobuf from 'protobufjs/light.js';
import { ExactReader, ExactWriter } from './exact-int64.ts';
import { messageSchema } from './message-schema.ts';
import type { ModelProto, OnnxModel } from './messages.ts';

const modelType = describeMessages().lookupType('ModelProto');

/**
 * Reads an ONNX file. Nothing is lost: fields that this library does not know are kept on their message (in a
 * property that protobufjs hides from enumeration, so change messages in place, a spread copy `{ ...node }`
 * drops them) and are written again by {@link serialiseModel}. Absent optional fields are `undefined`,
 * absent repeated ones are empty arrays. Byte fields are views of `bytes`, not copies.
 *
 * @param bytes - the content of an `.onnx` file
 * @throws AssayError `invalid-model` when the bytes are truncated, no protobuf message, or lacks a graph or
 *   the versions of its operators.
 */
export function parseModel(bytes: Uint8Array): OnnxModel {
  const model = decode(bytes);
  if (model.graph === undefined) {
    throw new AssayError(
      'invalid-model',
      `Expected an ONNX model, but these ${bytes.length} bytes hold no graph. Is this an .onnx file?`,
    );
  }
  if (model.opsetImport.length === 0) {
    throw new AssayError(
      'invalid-model',
      'The ONNX model does not say which version of the operators it uses; the file is probably cut off.',
    );
  }
  return model as OnnxModel;
}

/**
 * Writes a model as the content of an `.onnx` file: known fields in the order of their numbers, as the C++
 * implementation does, then the unknown ones. `rawData` is copied in one piece.
 *
 * @throws AssayError `invalid-model` when a member has a value that its field cannot hold.
 */
export function serialiseModel(model: ModelProto): Uint8Array<ArrayBuffer> {
  const writer = new ExactWriter();
  try {
    modelType.encode(model, writer);
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw new AssayError('invalid-model', `The model cannot be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
  return writer.finish() as Uint8Array<ArrayBuffer>;
}

function decode(bytes: Uint8Array): ModelProto {
  const reader = new ExactReader(bytes);
  reader.discardUnknown = false;
  try {
    return modelType.decode(reader) as unknown as ModelProto;
  } catch (cause) {
    throw new AssayError(
      'invalid-model',
      `Expected an ONNX model, but these ${bytes.length} bytes are not one or are cut off (at byte ${reader.pos}: ${(cause as Error).message}).`,
      { cause },
    );
  }
}

function describeMessages(): protobuf.Root {
  const root = new protobuf.Root();
  for (const [name, fields] of Object.entries(messageSchema)) {
    const type = new protobuf.Type(name);
    for (const [id, row] of Object.entries(fields)) {
      const [label = '', fieldType = '', fieldName = ''] = row.split(' ');
      const rule = label === 'one' ? 'optional' : 'repeated';
      type.add(
        new protobuf.Field(fieldName, Number(id), fieldType, rule, undefined, { packed: label === 'packed' }),
      );
    }
    root.add(type);
  }
  root.resolveAll();
  for (const type of root.nestedArray) if (type instanceof protobuf.Type) useOwnDefaults(type);
  return root;
}

/** Absent is `undefined` or an array of one's own, in place of protobufjs' shared defaults on the prototype. */
function useOwnDefaults(type: protobuf.Type): void {
  const repeated = type.fieldsArray.filter((field) => field.repeated).map((field) => field.name);
  type.ctor = class extends protobuf.Message {
    constructor() {
      super();
      for (const name of repeated) Object.assign(this, { [name]: [] });
    }
  };
  const defaults = type.ctor.prototype as object;
  for (const field of type.fieldsArray) Reflect.deleteProperty(defaults, field.name);
}
