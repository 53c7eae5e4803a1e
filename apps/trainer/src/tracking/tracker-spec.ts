import { z } from 'zod';

/** A web address without a password in it: configurations end in model packages. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/\/\/[^/]*@/.test(url), 'must hold no user or password; those come from the environment');

/** A place, beside the run's own folder, that is told of a training run. */
export const trackerSpec = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('mlflow'),
    /** Of the tracking server, for example `http://localhost:5000`. Credentials: `MLFLOW_TRACKING_*`. */
    url: address,
    experiment: z.string().min(1).default('assay'),
  }),
  z.strictObject({
    type: z.literal('wandb'),
    project: z.string().min(1),
    /** User or team; that of the API key if left out. */
    entity: z.string().min(1).optional(),
    /** Of a server of one's own. The API key: `WANDB_API_KEY` or `~/.netrc`. */
    url: address.optional(),
  }),
]);
export type TrackerSpec = z.infer<typeof trackerSpec>;
