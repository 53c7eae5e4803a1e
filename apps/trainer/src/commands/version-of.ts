/** The version that a time gives a package: `2026-11-20T08:30:00Z` as `20261120-083000`. */
export function versionOf(time: string): string {
  return time.slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}
