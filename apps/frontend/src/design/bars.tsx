import { classNames } from './class-names.ts';
import { NameText } from './name-text.tsx';
import { percent } from './format.ts';

export interface BarsProps {
  /** Shares from 0 to 1, in the order in which they are shown. */
  readonly bars: readonly { readonly label: string; readonly share: number }[];
}

/** Shares as bars with their numbers; the first stands out. */
export function Bars({ bars }: BarsProps) {
  return (
    <ol className="bars">
      {bars.map(({ label, share }, at) => (
        <li key={label} className={classNames('bar', at === 0 && 'bar-first')}>
          <NameText>{label}</NameText>
          <span className="figures">{percent(share)}</span>
          <div className="bar-track" aria-hidden="true">
            <div className="bar-fill" style={{ width: `${share * 100}%` }} />
          </div>
        </li>
      ))}
    </ol>
  );
}
