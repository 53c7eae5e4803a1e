/** A colour as a canvas takes it, of one that style sheets know. */
export type Paint = (colour: string) => string;

/** Resolves colours such as `var(--data-1)` as they are where the element stands, in the appearance of this moment. */
export function paintAt(element: HTMLElement): Paint {
  return (colour) => {
    const probe = document.createElement('span');
    probe.hidden = true;
    probe.style.color = colour;
    element.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
