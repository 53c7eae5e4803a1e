import { serverTiming } from '@assay/service-kit';
import type { Response } from 'express';
import { announce } from '../log/announce.ts';
import { predictList, type ListOptions } from '../predict-list.ts';
import type { LoadedModel } from '../served-models.ts';
import type { ListedUpload } from '../upload/read-upload.ts';

/** Answers a request with several inputs. @param options.start when the request came, by `performance.now()` */
export async function answerList(
  response: Response,
  { model, uploads }: { model: LoadedModel; uploads: readonly ListedUpload[] },
  options: ListOptions & { start: number },
): Promise<void> {
  const receive = performance.now() - options.start;
  const { list, delivered } = await predictList(model, uploads, options);
  response.locals.counted = true;
  announce(response, ...delivered);
  response.setHeader('Server-Timing', serverTiming({ receive, total: performance.now() - options.start }));
  response.json(list);
}
