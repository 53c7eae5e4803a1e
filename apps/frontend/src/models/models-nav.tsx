import { SubNav } from '../charts/sub-nav.tsx';

/** Between what is served and how it came about. */
export function ModelsNav() {
  return (
    <SubNav
      label="Models"
      links={[
        { href: '/', title: 'Served' },
        { href: '/-/runs', title: 'Runs' },
        { href: '/-/sweeps', title: 'Sweeps' },
      ]}
    />
  );
}
