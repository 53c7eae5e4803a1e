import * as Radix from '@radix-ui/react-tabs';
import type { ReactNode } from 'react';

export interface TabSetProps {
  /** What the tabs are about, for those who listen. */
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly title: string; readonly content: ReactNode }[];
}

/** One panel of several; arrow keys go from tab to tab. A panel is made when it is first looked at. */
export function TabSet({ label, tabs }: TabSetProps) {
  return (
    <Radix.Root defaultValue={tabs[0]?.id ?? ''}>
      <Radix.List className="tabs-list" aria-label={label}>
        {tabs.map(({ id, title }) => (
          <Radix.Trigger key={id} className="tabs-tab" value={id}>
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} className="tabs-panel" value={id}>
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
