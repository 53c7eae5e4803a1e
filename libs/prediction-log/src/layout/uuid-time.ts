/**
 * When a UUIDv7 was made, milliseconds since 1970; `undefined` for other texts.
 *
 * @see RFC 9562, section 5.7
 */
export function uuidTime(id: string): number | undefined {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(id);
  return match ? Number.parseInt(`${match[1]!}${match[2]!}`, 16) : undefined;
}
