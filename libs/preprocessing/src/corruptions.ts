import type { Corruption } from '@assay/schema';

/** What images meet on their way, each kind from mild to strong: what the robustness table of a card goes through. */
export const corruptions: readonly Corruption[] = [
  ...[90, 70, 50, 30].map((quality) => ({ type: 'jpeg' as const, quality })),
  ...[0.5, 1, 2].map((sigma) => ({ type: 'blur' as const, sigma })),
  ...[4, 8, 16].map((sigma) => ({ type: 'noise' as const, sigma })),
  ...[0.5, 0.25].map((scale) => ({ type: 'resize' as const, scale })),
  ...[0.7, 1.3].map((factor) => ({ type: 'brightness' as const, factor })),
  ...[0.7, 1.3].map((factor) => ({ type: 'contrast' as const, factor })),
];

/** In the words of a table. */
export function describeCorruption(corruption: Corruption): string {
  switch (corruption.type) {
    case 'jpeg':
      return `JPEG quality ${corruption.quality}`;
    case 'blur':
      return `blur, σ ${corruption.sigma} px`;
    case 'noise':
      return `noise, σ ${corruption.sigma} of 255`;
    case 'resize':
      return `resized × ${corruption.scale} and back`;
    case 'brightness':
    case 'contrast':
      return `${corruption.type} × ${corruption.factor}`;
  }
}
