import type { DigitalSourceType, EvidenceOrigin } from '@assay/schema';
import { cleanText } from './clean-text.ts';

/** Terms of http://cv.iptc.org/newscodes/digitalsourcetype/, and of C2PA's own two: what they mean, and for what they speak. */
const terms: Readonly<Record<string, readonly [name: string, origin: EvidenceOrigin]>> = {
  trainedAlgorithmicMedia: ['made by a trained model', 'ai-generated'],
  trainedAlgorithmicData: ['made by a trained model', 'ai-generated'],
  compositeWithTrainedAlgorithmicMedia: ['edited with a trained model', 'ai-edited'],
  compositeSynthetic: ['composite with parts made by a trained model', 'ai-edited'],
  algorithmicMedia: ['made by an algorithm that was not trained', 'unknown'],
  digitalCapture: ['taken by a digital camera', 'captured'],
  computationalCapture: ['computed from several pictures of a digital camera', 'captured'],
  negativeFilm: ['scanned from negative film', 'captured'],
  positiveFilm: ['scanned from positive film', 'captured'],
  print: ['scanned from a print', 'captured'],
  humanEdits: ['edited by hand', 'edited'],
  minorHumanEdits: ['edited by hand, slightly', 'edited'],
  algorithmicallyEnhanced: ['enhanced by an algorithm', 'edited'],
  composite: ['composite of several pictures', 'edited'],
  compositeCapture: ['composite of several captured pictures', 'edited'],
  digitalCreation: ['drawn by hand with software', 'unknown'],
  digitalArt: ['drawn by hand with software', 'unknown'],
  softwareImage: ['made with software', 'unknown'],
  dataDrivenMedia: ['drawn from data', 'unknown'],
  screenCapture: ['captured from a screen', 'unknown'],
  virtualRecording: ['recorded from a virtual scene', 'unknown'],
  empty: ['begun as an empty canvas', 'unknown'],
};

/** A term, and for what it speaks. */
export interface SourceTerm {
  readonly type: DigitalSourceType;
  readonly origin: EvidenceOrigin;
}

/**
 * Reads a term of the vocabulary Digital Source Type.
 *
 * @param value - its address, or the last part of it alone; one that is not in the vocabulary gives its code and `unknown`
 * @returns undefined where it is no text
 */
export function readSourceTerm(value: unknown): SourceTerm | undefined {
  const address = cleanText(value);
  const code = address?.split(/[/:#]/).filter(Boolean).at(-1);
  if (code === undefined) return undefined;
  const [name, origin] = (Object.hasOwn(terms, code) ? terms[code] : undefined) ?? [
    'a term that is not in the vocabulary',
    'unknown',
  ];
  return { type: { code, name }, origin };
}
