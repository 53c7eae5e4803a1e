import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, drift } from '../api/client.ts';
import type { DriftReport, ReportDiff } from './watch-types.ts';
import { spanOf, windowOf, type SpanName } from './traffic/spans.ts';

/** How often what is watched is asked for again, milliseconds. */
const FRESH_MS = 15_000;

/** Most reports of a list: a week of hours. */
const MOST_REPORTS = 200;

/** What happened in a span that ends now. @param model all where left out */
export const trafficQuery = (span: SpanName, model?: string) =>
  queryOptions({
    queryKey: ['traffic', span, model],
    queryFn: async ({ signal }) => {
      const { per } = spanOf(span);
      const { from, to } = windowOf(span, Date.now());
      return await answerOf(
        drift.GET('/traffic', {
          params: {
            query: {
              from: from.toISOString(),
              to: to.toISOString(),
              per,
              ...(model === undefined ? {} : { model }),
            },
          },
          signal,
        }),
      );
    },
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    placeholderData: keepPreviousData,
  });

/** Reports of a model, the latest window first. */
export const reportsQuery = (model?: string) =>
  queryOptions({
    queryKey: ['reports', { model }],
    queryFn: ({ signal }) =>
      answerOf(
        drift.GET('/reports', {
          params: { query: { limit: MOST_REPORTS, ...(model === undefined ? {} : { model }) } },
          signal,
        }),
      ),
    refetchInterval: 4 * FRESH_MS,
  });

/** One report. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', id],
    // The client's types make lists of the document's tuples.
    queryFn: async ({ signal }) =>
      (await answerOf(
        drift.GET('/reports/{id}', {
          params: { path: { id } },
          headers: { Accept: 'application/json' },
          signal,
        }),
      )) as DriftReport,
    staleTime: Infinity,
  });

/** What changed from one report to another. */
export const diffQuery = (id: string, other: string) =>
  queryOptions({
    queryKey: ['reports', id, other],
    queryFn: async ({ signal }) =>
      (await answerOf(
        drift.GET('/reports/{id}/diff/{other}', {
          params: { path: { id, other } },
          headers: { Accept: 'application/json' },
          signal,
        }),
      )) as ReportDiff,
    staleTime: Infinity,
  });

/** Whose drift is on, and what people were told. */
export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: ({ signal }) => answerOf(drift.GET('/alerts', { signal })),
  refetchInterval: 4 * FRESH_MS,
});
