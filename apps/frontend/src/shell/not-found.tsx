import { Link } from 'wouter';
import { Page } from '../design/page.tsx';

/** For addresses that lead nowhere. */
export function NotFound() {
  return (
    <Page title="There is nothing here" lead="The address may be mistyped, or what was here is gone.">
      <p>
        <Link href="/">Ask about a picture</Link>
      </p>
    </Page>
  );
}
