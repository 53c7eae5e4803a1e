import { useSyncExternalStore } from 'react';
import type { Prediction } from '../api/types.ts';
import { thumbnailOf } from './thumbnail.ts';

/** A result of an earlier question, as this browser keeps it. */
export interface HistoryEntry {
  /** Id of the prediction. */
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  /** Of the file. */
  readonly name: string;
  readonly model: string;
  readonly prediction: string;
  readonly decision: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Small JPEG as a data URL, where one could be made. */
  readonly thumbnail?: string;
}

const KEY = 'assay.history';

/** Tells this page's components; other windows are told by the browser. */
const CHANGED = 'assay-history';

/** A few kilobytes each: together far below what a browser gives a site. */
const MOST = 60;

/** Reads what was kept; what is no history is none. */
export function parseHistory(text: string | null): readonly HistoryEntry[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { thumbnail, confidence, ...texts } = value as Partial<Record<keyof HistoryEntry, unknown>>;
  const names = ['id', 'time', 'name', 'model', 'prediction', 'decision'] as const;
  return (
    names.every((name) => typeof texts[name] === 'string') &&
    typeof confidence === 'number' &&
    (thumbnail === undefined || (typeof thumbnail === 'string' && thumbnail.startsWith('data:image/jpeg;')))
  );
}

/** Puts a result before the others; each id is there once, and the oldest go. */
export function withEntry(history: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  return [entry, ...history.filter(({ id }) => id !== entry.id)].slice(0, MOST);
}

/** Keeps an answer in this browser, with a small picture. */
export async function remember(asked: { name: string; file: Blob }, answer: Prediction): Promise<void> {
  const thumbnail = await thumbnailOf(asked.file);
  const { id, model, prediction, decision, confidence } = answer;
  const entry: HistoryEntry = {
    id,
    time: new Date().toISOString(),
    name: asked.name.slice(0, 200),
    model: model.name,
    prediction,
    decision,
    confidence,
    ...(thumbnail === undefined ? {} : { thumbnail }),
  };
  store(JSON.stringify(withEntry(parseHistory(read()), entry)));
}

/** Forgets everything. */
export function clearHistory(): void {
  store(null);
}

/** What this browser keeps, the latest first. */
export function useHistory(): readonly HistoryEntry[] {
  return parseHistory(useSyncExternalStore(subscribe, read));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('storage', changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener('storage', changed);
    window.removeEventListener(CHANGED, changed);
  };
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, text);
  } catch {
    // A browser that keeps nothing has no history.
  }
  window.dispatchEvent(new Event(CHANGED));
}
