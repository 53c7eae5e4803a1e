import * as ToggleGroup from '@radix-ui/react-toggle-group';
import { useState } from 'react';
import { readTheme, setTheme, type Theme } from './theme.ts';

const THEMES: readonly { readonly value: Theme; readonly label: string; readonly path: string }[] = [
  {
    value: 'light',
    label: 'Light',
    path: 'M8 11.2A3.2 3.2 0 1 0 8 4.8a3.2 3.2 0 0 0 0 6.4ZM8 .8v1.6M8 13.6v1.6M.8 8h1.6M13.6 8h1.6M2.9 2.9l1.1 1.1M12 12l1.1 1.1M13.1 2.9 12 4M4 12l-1.1 1.1',
  },
  { value: 'system', label: 'As the system', path: 'M1.6 2.8h12.8v8.4H1.6zM5.6 14h4.8M8 11.2V14' },
  { value: 'dark', label: 'Dark', path: 'M13.8 9.6A6 6 0 0 1 6.4 2.2a6 6 0 1 0 7.4 7.4Z' },
];

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const [theme, choose] = useState(readTheme);
  return (
    <ToggleGroup.Root
      className="shell-themes"
      type="single"
      value={theme}
      aria-label="Appearance"
      onValueChange={(value) => {
        const next = THEMES.find((one) => one.value === value)?.value;
        if (next === undefined) return;
        setTheme(next);
        choose(next);
      }}
    >
      {THEMES.map(({ value, label, path }) => (
        <ToggleGroup.Item key={value} className="shell-theme" value={value} aria-label={label} title={label}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path
              d={path}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.4"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
