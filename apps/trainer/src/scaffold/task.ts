export const tasks = ['image', 'tabular'] as const;
/** What a system classifies. */
export type Task = (typeof tasks)[number];
