import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AskView } from '../ask/ask-view.tsx';
import { useAsks } from '../ask/use-asks.ts';
import { Skeleton } from '../design/skeleton.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { NotFound } from './not-found.tsx';
import { Offline } from './offline.tsx';
import { useFocusOnNavigation } from './use-focus-on-navigation.ts';

const ModelsView = lazy(() => import('../models/models-view.tsx'));
const WatchView = lazy(() => import('../watch/watch-view.tsx'));
const ResultView = lazy(() => import('../result/result-view.tsx'));

/** Everything on the page: header, the view that the address names, footer. */
export function App() {
  const main = useFocusOnNavigation();
  // Here, so that pictures go on being asked about while another view is looked at.
  const asks = useAsks();
  return (
    <div className="shell">
      <a className="button shell-skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" className="shell-main" ref={main} tabIndex={-1}>
        <Offline />
        <ErrorBoundary>
          <Suspense fallback={<Skeleton height="24rem" label="The view is being fetched" />}>
            <Switch>
              <Route path="/">
                <AskView asks={asks} />
              </Route>
              <Route path="/result/:id">{({ id }) => <ResultView id={id} />}</Route>
              <Route path="/models" nest component={ModelsView} />
              <Route path="/watch" nest component={WatchView} />
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className="shell-foot">
        <span>Answers are estimates, not proof.</span>
        <a href="/api/inference/docs">HTTP interface</a>
        <a href="/api/drift/docs">Prediction log</a>
      </footer>
    </div>
  );
}
