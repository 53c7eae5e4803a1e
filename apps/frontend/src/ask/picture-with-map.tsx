import { useState } from 'react';
import type { MapExplanation } from '../api/types.ts';
import { percent, words } from '../design/format.ts';
import { Slider } from '../design/slider.tsx';

export interface PictureWithMapProps {
  /** Object URL of the picture. */
  readonly url: string;
  readonly map: MapExplanation | undefined;
}

/** A picture, and over it what in it made the model think so. */
export function PictureWithMap({ url, map }: PictureWithMapProps) {
  const [opacity, setOpacity] = useState(0.6);
  const [isShown, setShown] = useState(true);
  return (
    <figure className="ask-picture">
      <div className="ask-picture-frame">
        {isShown ? (
          <img
            className="ask-picture-image"
            src={url}
            alt="The picture that was asked about"
            onError={() => setShown(false)}
          />
        ) : (
          <p className="ask-picture-none">The browser cannot show this file.</p>
        )}
        {map !== undefined && isShown && (
          <img className="ask-picture-map" src={map.overlay} alt={altOf(map)} style={{ opacity }} />
        )}
      </div>
      {map !== undefined && isShown && (
        <figcaption className="ask-map">
          <div className="ask-map-strength">
            <span className="label" id="map-strength">
              Heat map
            </span>
            <Slider
              label="Strength of the heat map"
              value={opacity}
              min={0}
              max={1}
              step={0.05}
              valueText={percent(opacity)}
              onChange={setOpacity}
            />
          </div>
          <p className="ask-map-legend">
            <span className="ask-map-key ask-map-for">speaks for {words(map.label)}</span>
            {map.against !== undefined && (
              <span className="ask-map-key ask-map-against">speaks for {words(map.against)}</span>
            )}
          </p>
        </figcaption>
      )}
    </figure>
  );
}

function altOf({ label, against }: MapExplanation): string {
  const other = against === undefined ? '' : `, blue speaks for ${words(against)}`;
  return `Heat map: orange speaks for ${words(label)}${other}`;
}
