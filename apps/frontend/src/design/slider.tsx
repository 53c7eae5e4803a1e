import * as Radix from '@radix-ui/react-slider';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words, for those who listen. */
  readonly valueText?: string;
  onChange(value: number): void;
}

/** One number on a scale: dragged, or moved by arrow keys, Page Up and Down, Home and End. */
export function Slider({ label, value, min, max, step, valueText, onChange }: SliderProps) {
  return (
    <Radix.Root
      className="slider"
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => onChange(next ?? value)}
    >
      <Radix.Track className="slider-track">
        <Radix.Range className="slider-range" />
      </Radix.Track>
      <Radix.Thumb className="slider-thumb" aria-label={label} aria-valuetext={valueText} />
    </Radix.Root>
  );
}
