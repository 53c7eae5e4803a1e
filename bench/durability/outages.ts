import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Cluster } from './cluster.ts';

/** Takes something away from the services. @returns what gives it back */
export type Outage = (cluster: Cluster) => () => void;

/** Another process holds the lock of the bus: nobody can publish, take or acknowledge. */
export const lockBus: Outage = ({ busFile }) => {
  const database = new DatabaseSync(busFile, { timeout: 60_000 });
  database.exec('BEGIN IMMEDIATE');
  return () => {
    database.exec('ROLLBACK');
    database.close();
  };
};

/** The bucket's folder is gone, and a file stands where it was. */
export const removeBucket: Outage = ({ bucket }) => {
  renameSync(bucket, `${bucket}-away`);
  writeFileSync(bucket, '');
  return () => {
    rmSync(bucket);
    renameSync(`${bucket}-away`, bucket);
  };
};
