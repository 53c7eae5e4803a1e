export const layouts = ['nchw', 'nhwc'] as const;
/** Whether the channels of an image come before its places or after them. */
export type Layout = (typeof layouts)[number];

export const channelOrders = ['rgb', 'bgr'] as const;
export type ChannelOrder = (typeof channelOrders)[number];
