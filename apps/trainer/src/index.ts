export { buildProgram } from './program.ts';
export { loadConfig } from './config/load-config.ts';
export { trainingConfig, type TrainingConfig } from './config/training-config.ts';
