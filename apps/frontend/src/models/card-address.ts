/** Pictures of a card lie beside it, in one folder. */
const FIGURE = /^(?:\.\/)?figures\/([\w-][\w.-]*)$/;

/** Where a link of a card may lead: to a site, or to a place in the card. */
const LINK = /^(?:https?:\/\/|#)/i;

/**
 * Address of a picture that a card shows, as the service gives it out; undefined for any other: nothing is fetched from where a card
 * says.
 *
 * @param folder where the service gives them out, for example `/api/inference/models/birds/figures`
 */
export function figureAddress(source: unknown, folder: string): string | undefined {
  const file = typeof source === 'string' ? FIGURE.exec(source)?.[1] : undefined;
  return file === undefined ? undefined : `${folder}/${file}`;
}

/** Address of a link of a card; undefined for one that could do something else than lead away. */
export function linkAddress(href: unknown): string | undefined {
  return typeof href === 'string' && LINK.test(href) ? href : undefined;
}
