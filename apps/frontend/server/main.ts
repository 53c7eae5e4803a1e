import { enableCompileCache } from 'node:module';

// Keeps stripped and compiled sources between starts, in the system's temporary folder or where NODE_COMPILE_CACHE
// says. Only what is imported after it profits; worker threads do by the variable, which is written here, not read.
const { directory } = enableCompileCache();
// eslint-disable-next-line no-restricted-properties
if (directory !== undefined) process.env.NODE_COMPILE_CACHE = directory;
const { run } = await import('./run.ts');
await run();
