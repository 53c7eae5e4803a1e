/** Where what a system leaves behind lives: at home in `.assay/`, in the cloud by the same variables as for the services. */
export interface Places {
  /** `sqlite:FILE` or `pubsub://PROJECT`. */
  eventBus: string;
  /** `file:FOLDER` or `gs://BUCKET`. */
  objectStore: string;
}

/** Reads the variables `EVENT_BUS_URL` and `OBJECT_STORE_URL`; what is set to nothing counts as unset. */
export function readPlaces(env: NodeJS.ProcessEnv = process.env): Places {
  return {
    eventBus: env.EVENT_BUS_URL?.trim() || 'sqlite:.assay/events.db',
    objectStore: env.OBJECT_STORE_URL?.trim() || 'file:.assay/bucket',
  };
}
