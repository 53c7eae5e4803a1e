import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../api/queries.ts';

export interface ModelFilterProps {
  /** All where left out. */
  readonly model: string | undefined;
  onChoose(model: string | undefined): void;
}

/** Which model is watched. */
export function ModelFilter({ model, onChoose }: ModelFilterProps) {
  const { data } = useQuery(modelsQuery);
  const served = data?.models.map(({ name }) => name) ?? [];
  const names = model === undefined || served.includes(model) ? served : [...served, model];
  return (
    <label className="field watch-filter">
      <span>Model</span>
      <select
        className="input"
        value={model ?? ''}
        onChange={({ target }) => onChoose(target.value === '' ? undefined : target.value)}
      >
        <option value="">All models</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
