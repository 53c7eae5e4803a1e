import { AssayError } from '@assay/schema';
import type { z } from 'zod';

/** Refuses a package with every fault that was found in it. */
export function invalidPackage(subject: string, faults: readonly string[], cause?: unknown): AssayError {
  const list = faults.map((fault) => `\n- ${fault}`).join('');
  return new AssayError('invalid-package', `The model package ${subject} is not intact:${list}`, {
    cause,
    extensions: { faults },
  });
}

/** One line per fault: where in the file, and what is wrong there. */
export function faultsOf(file: string, error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${file}: ${path.join('.') || 'the whole'}: ${message}`);
}
