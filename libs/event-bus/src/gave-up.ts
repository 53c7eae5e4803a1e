/** Why an event was parked after its last attempt. */
export function gaveUp(attempts: number, fault: string | null | undefined): string {
  return `Handed out ${attempts} times and not acknowledged; the last time: ${fault ?? 'nothing was said before its time ran out'}.`;
}
