/** Says one thing, then takes memory until it has none left. */
import { metadataFindings } from '../metadata-findings.ts';
import { metadataOf } from './metadata-of.ts';

process.on('message', ({ kind }: { kind: string }) => {
  if (kind !== 'file') return;
  const findings = metadataFindings(metadataOf({ png: { Software: 'GIMP 3' } }));
  process.send!({ kind: 'part', findings, unread: [] }, () => {
    const taken: number[][] = [];
    for (;;) taken.push(Array.from({ length: 100_000 }, Math.random));
  });
});
