/** Marks the file as ours, where `file` and SQLite look for it: "Asay". */
export const APPLICATION_ID = 0x41736179;
export const LAYOUT_VERSION = 1;

/**
 * A topic is its events in order; a subscription is a place in that order (`cursor`), the deliveries before it that are not settled,
 * and the dead letters. An event goes when no subscription has it before itself any more; while a topic has none, when it is too old.
 *
 * Times are milliseconds since 1970. `due`: when a delivery may be handed out again, because its lease or its pause ends;
 * NULL: after an earlier event of its key. Sequences are never used twice (AUTOINCREMENT), and transactions that write come one
 * after another, so no event appears behind a cursor.
 */
export const LAYOUT = `
  CREATE TABLE event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    ordering_key TEXT,
    published INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_by_topic ON event (topic, sequence);
  CREATE INDEX event_by_age ON event (published);

  CREATE TABLE subscription (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    name TEXT NOT NULL,
    cursor INTEGER NOT NULL DEFAULT 0,
    UNIQUE (topic, name)
  ) STRICT;

  CREATE TABLE delivery (
    sequence INTEGER NOT NULL,
    subscription INTEGER NOT NULL,
    ordering_key TEXT,
    attempt INTEGER NOT NULL,
    due INTEGER,
    fault TEXT,
    PRIMARY KEY (sequence, subscription)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_by_due ON delivery (subscription, due);
  CREATE INDEX delivery_by_key ON delivery (subscription, ordering_key, sequence) WHERE ordering_key IS NOT NULL;

  CREATE TABLE dead_letter (
    sequence INTEGER NOT NULL,
    subscription INTEGER NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    PRIMARY KEY (sequence, subscription)
  ) STRICT, WITHOUT ROWID;

  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${LAYOUT_VERSION};
`;
