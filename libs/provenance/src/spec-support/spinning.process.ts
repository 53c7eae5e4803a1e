/** Reads nothing, for ever. */
process.on('message', ({ kind }: { kind: string }) => {
  if (kind === 'file') for (;;);
});
