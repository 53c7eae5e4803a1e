export * from './event-bus.ts';
export { openEventBus } from './open-event-bus.ts';
export {
  openPushReceiver,
  type PushReceiver,
  type PushReceiverOptions,
  type PushRequest,
} from './push/push-receiver.ts';
