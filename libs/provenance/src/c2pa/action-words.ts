/** Actions of the C2PA specification in words, and whether they change what the picture shows. */
const actions: Readonly<Record<string, readonly [words: string, isEdit: boolean]>> = {
  'c2pa.created': ['created', false],
  'c2pa.opened': ['opened', false],
  'c2pa.edited': ['edited', true],
  'c2pa.edited.metadata': ['metadata changed', false],
  'c2pa.cropped': ['cropped', true],
  'c2pa.color_adjustments': ['colours adjusted', true],
  'c2pa.adjustedColor': ['colours adjusted', true],
  'c2pa.drawing': ['drawn on', true],
  'c2pa.enhanced': ['enhanced', true],
  'c2pa.filtered': ['filtered', true],
  'c2pa.addedText': ['text added', true],
  'c2pa.placed': ['another picture placed in it', true],
  'c2pa.removed': ['a part removed', true],
  'c2pa.deleted': ['a part removed', true],
  'c2pa.orientation': ['turned', false],
  'c2pa.resized': ['resized', false],
  'c2pa.resized.proportional': ['resized', false],
  'c2pa.converted': ['converted to another format', false],
  'c2pa.transcoded': ['encoded anew', false],
  'c2pa.repackaged': ['repackaged', false],
  'c2pa.watermarked': ['marked with a watermark', false],
  'c2pa.watermarked.bound': ['marked with a watermark', false],
  'c2pa.published': ['published', false],
  'c2pa.saved': ['saved', false],
};

/** An action in words. */
export function actionWords(action: string): string {
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  return known?.[0] ?? 'something else was done';
}

/** Whether an action changes what the picture shows. */
export function isEdit(action: string): boolean {
  return (Object.hasOwn(actions, action) ? actions[action] : undefined)?.[1] ?? false;
}
