import { SubNav } from '../charts/sub-nav.tsx';

/** The parts of Watch. */
export function WatchNav() {
  return (
    <SubNav
      label="Watch"
      links={[
        { href: '/', title: 'Traffic' },
        { href: '/live', title: 'Live' },
        { href: '/drift', title: 'Drift' },
      ]}
    />
  );
}
