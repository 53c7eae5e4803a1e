/** Effects beyond this are drawn alike. */
const END = 3;

export interface EffectBarProps {
  /** An effect in units of its threshold; `null` where there is none. */
  readonly ratio: number | null;
  readonly isDrifted: boolean;
}

/** How large an effect is; its threshold is marked. */
export function EffectBar({ ratio, isDrifted }: EffectBarProps) {
  if (ratio === null) return <span className="watch-faint">–</span>;
  const width = (Math.min(ratio, END) / END) * 100;
  return (
    <span className="watch-effect">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="10" rx="2" fill="var(--sunken)" />
        <rect width={width} height="10" rx="2" fill={isDrifted ? 'var(--data-2)' : 'var(--data-1)'} />
        <line
          x1={100 / END}
          x2={100 / END}
          y1="0"
          y2="10"
          stroke="var(--ink)"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span className="figures">{ratio.toFixed(2)}</span>
    </span>
  );
}
