import { Component, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';

interface State {
  readonly fault?: Error;
}

/** Keeps a fault of one view from taking the page along; a view that could not be fetched is fetched again. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(fault: unknown): State {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }

  override render() {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return (
      <Notice tone="bad" title="This view failed">
        <p>{fault.message}</p>
        <Button onClick={() => window.location.reload()}>Load it again</Button>
      </Notice>
    );
  }
}
