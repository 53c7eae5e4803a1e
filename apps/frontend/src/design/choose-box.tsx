export interface ChooseBoxProps {
  /** For those who listen: what is chosen, and for what. */
  readonly label: string;
  readonly isChosen: boolean;
  onToggle(): void;
}

/** Chooses a row of a table. */
export function ChooseBox({ label, isChosen, onToggle }: ChooseBoxProps) {
  return (
    <input type="checkbox" className="choose-box" checked={isChosen} aria-label={label} onChange={onToggle} />
  );
}
