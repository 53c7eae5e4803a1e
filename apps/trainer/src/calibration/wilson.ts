/** Lower end of Wilson's score interval (1927) for `right` of `total`, `z` standard deviations wide. */
export function wilsonLowerBound(right: number, total: number, z: number): number {
  const share = right / total;
  const z2 = z * z;
  const centre = share + z2 / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  return (centre - spread) / (1 + z2 / total);
}

/** Wilson's 95 % interval for `right` of `total`, at least one. */
export function wilsonInterval(right: number, total: number): [low: number, high: number] {
  const z = 1.959964;
  return [
    Math.max(0, wilsonLowerBound(right, total, z)),
    Math.min(1, 1 - wilsonLowerBound(total - right, total, z)),
  ];
}
