import type { DriftNotice } from '@assay/schema';
import { backoff } from '@assay/service-kit';
import { slackMessage } from './slack-message.ts';

/** Somebody who is told. */
export interface Webhook {
  /**
   * @throws {@link Undeliverable} where the other side refuses it for good
   * @throws Error where it cannot be reached, or fails, at every attempt
   */
  send(model: string, notice: DriftNotice): Promise<void>;
}

/** The other side refuses the message: sending it again would change nothing. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

export interface WebhookOptions {
  /** Where this service is reached by people; makes links. */
  readonly publicUrl?: string | undefined;
  /** How long the other side may take. Milliseconds, default 5000. */
  readonly timeoutMs?: number;
  /** The wait before the second attempt, which doubles. Milliseconds, default 500. */
  readonly firstWaitMs?: number;
  /** Aborts attempts and waits. */
  readonly signal?: AbortSignal;
}

const ATTEMPTS = 4;

/** Posts messages that Slack, and what is compatible with its incoming webhooks, shows. The URL is a secret: no error repeats it. */
export function createWebhook(url: string, options: WebhookOptions = {}): Webhook {
  const { publicUrl, timeoutMs = 5000, firstWaitMs = 500, signal = new AbortController().signal } = options;
  const attempt = async (body: string): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    }).catch((cause: unknown) => {
      throw new Error(`the webhook (DRIFT_WEBHOOK_URL) cannot be reached: ${reasonOf(cause)}`);
    });
    await response.body?.cancel();
    if (response.ok) return;
    const refusal = `the webhook (DRIFT_WEBHOOK_URL) answered ${response.status}`;
    const mayPass = response.status >= 500 || response.status === 408 || response.status === 429;
    throw mayPass ? new Error(refusal) : new Undeliverable(refusal);
  };
  return {
    async send(model, notice) {
      const body = JSON.stringify(slackMessage(model, notice, publicUrl));
      const pause = backoff({ firstMs: firstWaitMs, longestMs: 8000 });
      for (let left = ATTEMPTS - 1; ; left--) {
        try {
          await attempt(body);
          return;
        } catch (error) {
          if (error instanceof Undeliverable || left === 0 || signal.aborted) throw error;
        }
        await pause.wait(signal);
      }
    },
  };
}

/** Of a failed fetch: its cause's code says more than its message, which may hold the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for an unknown reason';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
