import { Link, useLocation } from 'wouter';
import { ThemeSwitch } from './theme-switch.tsx';

const VIEWS = [
  { path: '/', title: 'Ask' },
  { path: '/models', title: 'Models' },
  { path: '/watch', title: 'Watch' },
] as const;

/** Brand, the three views, and the appearance. */
export function Header() {
  const [location] = useLocation();
  const isCurrent = (path: string) =>
    path === '/' ? location === '/' || location.startsWith('/result') : location.startsWith(path);
  return (
    <header className="shell-head">
      <Link href="/" className="shell-brand" aria-label="Assay, ask">
        <span className="shell-mark" aria-hidden="true" />
        Assay
      </Link>
      <nav className="shell-nav" aria-label="Views">
        {VIEWS.map(({ path, title }) => (
          <Link key={path} href={path} aria-current={isCurrent(path) ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      <ThemeSwitch />
    </header>
  );
}
