import { useEffect, useState } from 'react';
import { drawSample, sampleFile, SAMPLES, type Sample } from './draw-sample.ts';
import type { Picture } from './use-asks.ts';

/** Thumbnails, pixels. */
const SIDE = 160;

/** Pictures that the page draws itself. */
export function Samples({ onSample }: { onSample(picture: Picture): void }) {
  return (
    <section className="ask-samples" aria-labelledby="samples">
      <h2 id="samples">Nothing at hand? Try one of these</h2>
      <p className="ask-samples-note">Drawn by this page just now: no photograph, and no model made them.</p>
      <ul className="ask-samples-list">
        {SAMPLES.map((sample) => (
          <li key={sample.name}>
            <button
              type="button"
              className="ask-sample"
              onClick={() => void sampleFile(sample).then((file) => onSample({ name: sample.name, file }))}
            >
              <Thumbnail sample={sample} />
              <span>{sample.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Drawn when the page has nothing else to do. */
function Thumbnail({ sample }: { readonly sample: Sample }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const drawn = setTimeout(() => setUrl(drawSample(sample, SIDE).toDataURL()), 50);
    return () => clearTimeout(drawn);
  }, [sample]);
  return <img src={url} alt="" width={SIDE} height={SIDE} />;
}
