import type { Topic } from '@assay/schema';

/**
 * What a subscription is called in a project, where names of subscriptions are shared by all topics. Its dead letters
 * go to a topic of their own, which a subscription of the same name keeps.
 */
export function subscriptionId(topic: Topic, name: string): string {
  return `${topic}-${name}`;
}

export function deadLetterId(topic: Topic, name: string): string {
  return `${subscriptionId(topic, name)}-dead-letter`;
}
