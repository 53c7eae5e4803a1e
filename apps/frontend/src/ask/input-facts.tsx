import type { RememberedPrediction } from '../api/types.ts';
import { bytes, number, percent } from '../design/format.ts';

type Input = NonNullable<RememberedPrediction['input']>;

/** What was measured of an input. */
export function InputFacts({ input }: { readonly input: Input | undefined }) {
  if (input === undefined) return <p>Nothing was measured.</p>;
  const facts = input.kind === 'image' ? imageFacts(input) : rowFacts(input);
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>
            <bdi>{name}</bdi>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Facts = readonly (readonly [name: string, value: string])[];

function imageFacts(image: Extract<Input, { kind: 'image' }>): Facts {
  const { width, height, format, properties } = image;
  return [
    ['Format', format?.toUpperCase() ?? 'unknown'],
    ...(width === undefined || height === undefined
      ? []
      : [['Size', `${width} × ${height} pixels`] as const]),
    ['File', bytes(image.bytes)],
    ...(properties === undefined
      ? []
      : ([
          ['Brightness', percent(properties.brightness / 255)],
          ['Contrast', percent(properties.contrast / 255)],
          ['Saturation', percent(properties.saturation)],
          ['Sharpness', number(properties.sharpness)],
          ['Entropy', `${number(properties.entropy)} bits`],
          ...(properties.jpegQuality === undefined
            ? []
            : [['JPEG quality', `about ${properties.jpegQuality}`] as const]),
        ] as const)),
  ];
}

function rowFacts({ features = {} }: Extract<Input, { kind: 'tabular' }>): Facts {
  return Object.entries(features).map(([name, value]) => [name, number(value)] as const);
}
