import type { SamplePrediction } from './tracker.ts';

/** Sample predictions as files: the pictures, and a table that says what was answered. */
export function sampleFiles(event: {
  epoch: number;
  samples: readonly SamplePrediction[];
}): [path: string, content: Uint8Array | string][] {
  const folder = `samples/epoch-${event.epoch}`;
  const named = event.samples.map(({ image, ...sample }, index) => ({
    sample,
    image,
    name: `${String(index).padStart(2, '0')}.jpg`,
  }));
  const table = named.map(({ sample, image, name }) =>
    image === undefined ? sample : { ...sample, image: name },
  );
  return [
    [`${folder}/samples.json`, JSON.stringify(table, null, 2)],
    ...named.flatMap(({ image, name }): [string, Uint8Array][] =>
      image === undefined ? [] : [[`${folder}/${name}`, image]],
    ),
  ];
}
