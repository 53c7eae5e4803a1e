export * from './event-bus.ts';
export { openEventBus } from './open-event-bus.ts';
