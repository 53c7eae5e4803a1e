import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../design/button.tsx';

/** A link to a result: its id alone, without the picture. */
export function ShareLink({ id }: { readonly id: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const path = `/result/${id}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(path, window.location.href).href);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  return (
    <div className="ask-share">
      <Button small onClick={() => void copy()}>
        Copy a link
      </Button>
      <Link href={path}>Open the result</Link>
      <span role="status" className="ask-share-said">
        {state === 'copied' && 'Copied. It shows the answer and not the picture.'}
        {state === 'failed' &&
          'The browser does not let this page copy: open the result and copy its address.'}
      </span>
    </div>
  );
}
