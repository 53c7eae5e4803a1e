import { useId, useState } from 'react';
import { number } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { Slider } from '../design/slider.tsx';
import type { FeatureRange } from './feature-range.ts';

export interface FeatureFieldProps {
  readonly name: string;
  readonly range: FeatureRange;
  readonly value: number;
  onChange(value: number): void;
}

/** One number: moved on its range, or typed, also beyond it. */
export function FeatureField({ name, range, value, onChange }: FeatureFieldProps) {
  const id = useId();
  const { min, max, step } = range;
  const [typed, setTyped] = useState<string>();
  const isBeyond = value < min || value > max;
  return (
    <div className="ask-field">
      <label htmlFor={id}>
        <NameText>{name}</NameText>
      </label>
      <input
        id={id}
        className="input figures"
        inputMode="decimal"
        value={typed ?? String(value)}
        aria-describedby={`${id}-range`}
        onChange={({ target }) => {
          setTyped(target.value);
          const next = Number(target.value.replace(',', '.'));
          if (target.value.trim() !== '' && Number.isFinite(next)) onChange(next);
        }}
        onBlur={() => setTyped(undefined)}
      />
      <Slider
        label={name}
        value={Math.min(max, Math.max(min, value))}
        min={min}
        max={max}
        step={step}
        valueText={number(value)}
        onChange={onChange}
      />
      <p id={`${id}-range`} className="ask-field-range">
        {isBeyond ? `Beyond what was seen in training: ${min} to ${max}` : `${min} to ${max}`}
      </p>
    </div>
  );
}
