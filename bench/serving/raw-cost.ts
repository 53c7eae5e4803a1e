import type { ModelPackage } from '@assay/model-registry';
import { openSession, type Session, type Tensor } from '@assay/model-runtime';
import { preprocessImage } from '@assay/preprocessing';

/** Decoding, preprocessing and the bare ONNX session, called one after the other in this process. */
export interface RawCost {
  /** @returns CPU time of this process for `count` images, milliseconds */
  measure(count: number): Promise<number>;
  close(): Promise<void>;
}

/** The least that an answer about `image` can cost: what serving is compared with. */
export async function openRawCost(model: ModelPackage, image: Uint8Array): Promise<RawCost> {
  const { manifest } = model;
  const spec = manifest.preprocessing;
  if (spec.kind !== 'image') throw new Error(`${model.name} does not take images`);
  const session: Session = await openSession(model.modelPath(manifest.served), { threads: 1 });
  const once = async () => {
    const { views } = await preprocessImage(image, spec);
    const input: Tensor = { type: 'float32', shape: views.shape, data: views.data };
    await session.run({ [manifest.input.name]: input });
  };
  return {
    async measure(count) {
      const before = process.cpuUsage();
      for (let i = 0; i < count; i++) await once();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    },
    close: () => session.close(),
  };
}
