import type { AlertKind, DriftNotice } from '@assay/schema';

/** A message for an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export interface SlackMessage {
  /** Plain text: what notifications show, and clients that know no blocks. */
  readonly text: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
}

const heads: Readonly<Record<AlertKind, (model: string) => string>> = {
  alarm: (model) => `Drift: ${model}`,
  spread: (model) => `Drift spreads: ${model}`,
  reminder: (model) => `Drift goes on: ${model}`,
  'all-clear': (model) => `Drift is over: ${model}`,
};

/** Features that are named; a message is to be read at a glance. */
const NAMED = 10;
/** Slack's limit on the text of a section is 3000. */
const LONGEST = 2000;

/** @param publicUrl where this service is reached by people; makes the report a link */
export function slackMessage(model: string, notice: DriftNotice, publicUrl?: string): SlackMessage {
  const { kind, summary, features, report, window } = notice;
  const head = heads[kind](model);
  const more = features.length > NAMED ? ` and ${features.length - NAMED} more` : '';
  const named = features.slice(0, NAMED).map((feature) => `\`${escape(feature)}\``);
  const link =
    publicUrl === undefined ? `Report \`${report}\`` : `<${publicUrl}/reports/${report}.html|Report>`;
  return {
    text: escape(`${head}. ${summary}`),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: head } },
      { type: 'section', text: { type: 'mrkdwn', text: escape(summary).slice(0, LONGEST) } },
      ...(named.length === 0
        ? []
        : [
            {
              type: 'section',
              text: { type: 'mrkdwn', text: `${named.join(', ')}${more}`.slice(0, LONGEST) },
            },
          ]),
      { type: 'context', elements: [{ type: 'mrkdwn', text: `${window.from} – ${window.to} · ${link}` }] },
    ],
  };
}

/** Slack's three characters: labels and feature names come from models and callers. */
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('`', 'ˋ');
