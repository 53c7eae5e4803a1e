/** What trackers take from the environment: credentials, by the names that the services' own tools use. */
export interface TrackerCredentials {
  mlflow: { token?: string | undefined; username?: string | undefined; password?: string | undefined };
  wandb: { apiKey?: string | undefined };
}

/** Reads the variables `MLFLOW_TRACKING_TOKEN`, `…_USERNAME`, `…_PASSWORD` and `WANDB_API_KEY`. */
export function trackerCredentials(env: NodeJS.ProcessEnv = process.env): TrackerCredentials {
  return {
    mlflow: {
      token: env.MLFLOW_TRACKING_TOKEN,
      username: env.MLFLOW_TRACKING_USERNAME,
      password: env.MLFLOW_TRACKING_PASSWORD,
    },
    wandb: { apiKey: env.WANDB_API_KEY },
  };
}
