/** Says one thing, then takes memory until it has none left. */
import { parentPort } from 'node:worker_threads';
import { metadataFindings } from '../metadata-findings.ts';
import { metadataOf } from './metadata-of.ts';

parentPort!.on('message', () => {
  const findings = metadataFindings(metadataOf({ png: { Software: 'GIMP 3' } }));
  parentPort!.postMessage({ kind: 'part', findings, unread: [] });
  // What was said is on its way before all is lost.
  setTimeout(() => {
    const taken: number[][] = [];
    for (;;) taken.push(Array.from({ length: 100_000 }, Math.random));
  }, 50);
});
