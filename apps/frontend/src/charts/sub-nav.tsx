import './charts.css';
import { Link, useLocation } from 'wouter';

export interface SubNavProps {
  /** What it is about, for those who listen. */
  readonly label: string;
  /** Relative to the view. */
  readonly links: readonly { readonly href: string; readonly title: string }[];
}

/** The parts of a view that have addresses of their own. */
export function SubNav({ label, links }: SubNavProps) {
  const [location] = useLocation();
  const isCurrent = (href: string) =>
    href === '/' ? location === '/' : location === href || location.startsWith(`${href}/`);
  return (
    <nav className="sub-nav" aria-label={label}>
      {links.map(({ href, title }) => (
        <Link key={href} href={href} aria-current={isCurrent(href) ? 'page' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
