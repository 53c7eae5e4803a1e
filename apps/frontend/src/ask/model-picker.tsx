import type { ServedModel } from '../api/types.ts';
import { NameText } from '../design/name-text.tsx';

export interface ModelPickerProps {
  readonly models: readonly ServedModel[];
  readonly chosen: ServedModel;
  onChoose(name: string): void;
}

/** Which model is asked, and what it tells apart. */
export function ModelPicker({ models, chosen, onChoose }: ModelPickerProps) {
  return (
    <div className="ask-model">
      <label className="field">
        <span>Model</span>
        <select className="input" value={chosen.name} onChange={({ target }) => onChoose(target.value)}>
          {models.map(({ name, input }) => (
            <option key={name} value={name}>
              {name} {input === 'tabular' ? '(numbers)' : '(pictures)'}
            </option>
          ))}
        </select>
      </label>
      <p className="ask-model-is">
        <NameText>{chosen.description}</NameText>
      </p>
    </div>
  );
}
