export interface NameTextProps {
  /** Of a file, a model, a label: whatever somebody else chose. */
  readonly children: string;
  /** Cut to one line, with the whole in a tooltip. */
  readonly line?: boolean;
}

/**
 * A name that came from outside. Its direction of writing ends with it, whatever control characters it holds, and its length does not
 * push anything aside.
 */
export function NameText({ children, line = false }: NameTextProps) {
  return line ? (
    <bdi className="name-line" title={children}>
      {children}
    </bdi>
  ) : (
    <bdi className="name">{children}</bdi>
  );
}
