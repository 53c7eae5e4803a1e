import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import {
  freshName,
  inlineConstants,
  inlineExternalData,
  parseModel,
  renameTensor,
  type ExternalLocation,
  type OnnxModel,
} from '@assay/onnx-graph';
import { AssayError, type ImportProvenance } from '@assay/schema';

/** An ONNX file in memory, whole, and what it says about itself. */
export interface OnnxFile {
  model: OnnxModel;
  source: ImportProvenance['source'];
  /** Sentences on what was changed in reading. */
  changes: string[];
}

/** Since this version of the format, constants need not be graph inputs as well. */
const constantsApart = 4;

/**
 * Reads an ONNX file in one form whatever the exporter: weights inside, constants no inputs, none hidden in `Constant` or
 * `Identity` nodes.
 *
 * @throws AssayError `not-found` for a missing file, `invalid-model` for one that is no ONNX model
 */
export async function readOnnx(path: string): Promise<OnnxFile> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AssayError('not-found', `There is no file at ${path} that can be read.`, { cause });
  });
  const model = parseModel(bytes);
  const { graph, producerName, producerVersion, opsetImport } = model;
  const opset = opsetImport.find(({ domain = '' }) => domain === '' || domain === 'ai.onnx')?.version;
  const external = inlineExternalData(model, (where) => readBeside(dirname(path), where));
  const constants = new Set(graph.initializer.map((tensor) => tensor.name));
  graph.input = graph.input.filter((input) => !constants.has(input.name));
  model.irVersion = Math.max(constantsApart, Number(model.irVersion ?? 0));
  inlineConstants(graph);
  return {
    model,
    source: {
      file: basename(path),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      ...(producerName ? { producer: producerName } : {}),
      ...(producerVersion ? { producerVersion } : {}),
      ...(opset === undefined ? {} : { opset: Number(opset) }),
    },
    changes: external.length === 0 ? [] : [`weights from ${external.join(', ')} were brought into the file`],
  };
}

/** Gives a name that packages use to nothing else than what they use it for. */
export function reserveName({ graph }: OnnxModel, name: string): void {
  const moved = freshName(graph, name);
  if (moved !== name) renameTensor(graph, name, moved);
}

function readBeside(folder: string, { location, offset, length }: ExternalLocation): Uint8Array {
  const relative = normalize(location);
  if (isAbsolute(relative) || relative.split(/[\\/]/).includes('..'))
    throw new AssayError(
      'invalid-model',
      `Weights of the model are said to be at "${location}"; expected a place beside the model.`,
    );
  const path = join(folder, relative);
  try {
    const size = length ?? statSync(path).size - offset;
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(size);
      const read = readSync(file, bytes, 0, size, offset);
      if (read === size) return bytes;
      throw new Error(`it ends after ${offset + read} bytes, ${offset + size} are needed`);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('invalid-model', `Weights of the model cannot be read from ${path}: ${reason}.`, {
      cause,
    });
  }
}
