/** Where what a system leaves behind lives: at home in `.assay/`, in the cloud by the same variables as for the services. */
export interface Places {
  /** `sqlite:FILE` or `pubsub://PROJECT`. */
  eventBus: string;
  /** `file:FOLDER` or `gs://BUCKET`. */
  objectStore: string;
}

/** Reads the variables `EVENT_BUS_URL` and `OBJECT_STORE_URL`; what is set to nothing counts as unset. */
export function readPlaces(env: NodeJS.ProcessEnv = process.env): Places {
  const set = (text: string | undefined) => (text?.trim() === '' ? undefined : text);
  return {
    eventBus: set(env.EVENT_BUS_URL) ?? 'sqlite:.assay/events.db',
    objectStore: set(env.OBJECT_STORE_URL) ?? 'file:.assay/bucket',
  };
}
