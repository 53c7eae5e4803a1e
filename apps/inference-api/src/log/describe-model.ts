import { modelDigest, preprocessingDigest, type ModelPackage } from '@assay/model-registry';
import { createProjection, type Classifier, type Project } from '@assay/prediction';
import { defaultProjection, type LoggedModel } from '@assay/schema';

/** What a record says of the model, and how the model's embeddings are reduced: worked out once. */
export interface ProjectedModel {
  readonly identity: LoggedModel;
  readonly project: Project;
}

/** For a model that is served. */
export function describeModel(
  { manifest }: Pick<ModelPackage, 'manifest'>,
  { variant }: Pick<Classifier, 'variant'>,
): ProjectedModel {
  return {
    identity: {
      name: manifest.name,
      version: manifest.version,
      digest: modelDigest(manifest),
      variant,
      preprocessingDigest: preprocessingDigest(manifest.preprocessing),
    },
    project: createProjection(manifest.embeddingProjection ?? defaultProjection),
  };
}
