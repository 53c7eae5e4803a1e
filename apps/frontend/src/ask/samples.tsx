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

/** Drawn little by little, while the page does other things. */
function Thumbnail({ sample }: { readonly sample: Sample }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let isGone = false;
    void drawSample(sample, SIDE).then((canvas) => {
      if (!isGone) setUrl(canvas.toDataURL());
    });
    return () => {
      isGone = true;
    };
  }, [sample]);
  return <img src={url} alt="" width={SIDE} height={SIDE} />;
}
