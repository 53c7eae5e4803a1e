import type { ModelDetails } from '../api/types.ts';

/** What is done to an input before the model sees it, in a line. */
export function inputWords(preprocessing: ModelDetails['preprocessing']): string {
  if (preprocessing.kind === 'tabular') {
    const names = preprocessing.features.map(({ name }) => name.replaceAll('_', ' '));
    return `${names.length} numbers, each less its mean and over its spread: ${names.join(', ')}`;
  }
  const { resize, crop, mirror } = preprocessing;
  const sized = {
    none: () => 'as large as it is',
    stretch: () => resize.mode === 'stretch' && `stretched to ${resize.width} × ${resize.height}`,
    'shortest-side': () => resize.mode === 'shortest-side' && `its shorter side made ${resize.size}`,
    'pad-square': () => resize.mode === 'pad-square' && `padded to a square of ${resize.size}`,
  }[resize.mode]();
  const cut = {
    none: () => '',
    centre: () => crop.mode === 'centre' && `the middle ${crop.width} × ${crop.height} cut out`,
    several: () => crop.mode === 'several' && `${crop.count} pieces of ${crop.width} × ${crop.height} cut out`,
  }[crop.mode]();
  return [sized, cut, mirror && 'looked at in the mirror, too'].filter(Boolean).join(', ');
}
