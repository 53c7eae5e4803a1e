import { queryOptions } from '@tanstack/react-query';
import { answerOf, inference } from '../api/client.ts';

/** The versions of a model in the registry. */
export const modelVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['models', name, 'versions'],
    queryFn: ({ signal }) => answerOf(inference.GET('/models/{name}/versions', { params: { path: { name } }, signal })),
  });

/** The model's card, Markdown. @param version what it is the card of: another version has another */
export const modelCardQuery = (name: string, version: string) =>
  queryOptions({
    queryKey: ['models', name, 'card', version],
    queryFn: ({ signal }) =>
      answerOf(inference.GET('/models/{name}/card', { params: { path: { name } }, signal, parseAs: 'text' })),
  });
