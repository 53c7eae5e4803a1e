import { ApiError } from './problem.ts';

/** A refusal in the words of the person who asked. */
export interface Words {
  readonly title: string;
  /** What to do next. */
  readonly advice: string;
}

/** By code of the error table; a code that is not here is told in the service's own words. */
export const PROBLEM_WORDS: Readonly<Record<string, Words>> = {
  offline: {
    title: 'Nothing answers',
    advice: 'Check your connection. It goes on by itself as soon as the service can be reached.',
  },
  'service-unreachable': {
    title: 'The service is away',
    advice: 'It may be starting or being replaced. It goes on by itself as soon as it is back.',
  },
  'service-timeout': {
    title: 'The service took too long',
    advice: 'It may be very busy. Try again in a moment; a smaller picture is answered sooner.',
  },
  'not-ready': {
    title: 'The service is starting',
    advice: 'It goes on by itself in a moment.',
  },
  'shutting-down': {
    title: 'The service is being replaced',
    advice: 'It goes on by itself in a moment.',
  },
  overloaded: {
    title: 'Too many ask at once',
    advice: 'Nothing is wrong with your picture. Wait a few seconds and try again.',
  },
  'unsupported-image-format': {
    title: 'This is no picture that can be read here',
    advice:
      'Send a JPEG, PNG, WebP, AVIF, GIF or TIFF. Pictures from an iPhone (HEIC): export them as JPEG first.',
  },
  'unsupported-media-type': {
    title: 'This is no picture that can be read here',
    advice: 'Send a JPEG, PNG, WebP, AVIF, GIF or TIFF.',
  },
  'unreadable-image': {
    title: 'This file is damaged',
    advice:
      'It begins like a picture and cannot be read to its end. Open it in a picture viewer and save it anew, or fetch it again.',
  },
  'too-many-pixels': {
    title: 'This picture is too large',
    advice:
      'It has more pixels than are taken here. Make it smaller and try again: the model looks at a small version anyway.',
  },
  'upload-too-large': {
    title: 'This file is too large',
    advice: 'Save the picture as JPEG, or make it smaller, and try again.',
  },
  'no-file': { title: 'Nothing arrived', advice: 'The file seems to be empty. Choose another.' },
  'request-aborted': { title: 'The upload broke off', advice: 'Try again.' },
  'invalid-features': {
    title: 'Some numbers are missing or are none',
    advice: 'Fill in every field with a number.',
  },
  'wrong-input-kind': {
    title: 'This model takes something else',
    advice: 'Choose another model above: some take pictures, others numbers.',
  },
  'unknown-model': {
    title: 'This model is gone',
    advice: 'It was served when this page was opened. Load the page again and choose another.',
  },
  'unknown-version': {
    title: 'This version of the model is gone',
    advice: 'Load the page again.',
  },
  'unknown-prediction': {
    title: 'There is no such result',
    advice: 'A result that was just made arrives within a minute. Old ones are removed after a time.',
  },
  'storage-unavailable': {
    title: 'It could not be kept',
    advice: 'Where answers and feedback are kept cannot be reached. Try again later.',
  },
  internal: {
    title: 'The service failed',
    advice: 'This is not your fault. Try again; if it stays, tell whoever runs this service.',
  },
};

/** What to tell of an error: the table's words, else those of the service. */
export function wordsFor(error: unknown): Words {
  if (!(error instanceof ApiError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return { title: 'Something went wrong on this page', advice: `${reason} Load the page again.` };
  }
  const { code, title, detail } = error.problem;
  return PROBLEM_WORDS[code] ?? { title, advice: detail };
}
