/** A window in the reader's own time: `19 Nov, 17:00 – 20 Nov, 17:00`. */
export function windowText({ from, to }: { readonly from: string; readonly to: string }): string {
  const text = (iso: string) =>
    new Date(iso).toLocaleString(undefined, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
  return `${text(from)} – ${text(to)}`;
}
