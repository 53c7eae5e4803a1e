export { buildApp, type AppDependencies } from './build-app.ts';
export { readConfig, type Config } from './config.ts';
export { start, type StartedServer } from './start.ts';
