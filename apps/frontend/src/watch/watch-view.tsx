import './watch.css';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/not-found.tsx';
import { DiffPage } from './drift/diff-page.tsx';
import { DriftPage } from './drift/drift-page.tsx';
import { ReportPage } from './drift/report-page.tsx';
import { LivePage } from './live/live-page.tsx';
import { TrafficPage } from './traffic/traffic-page.tsx';

/** For whoever is on call: what is asked, what comes of it, and whether the world still is what the models know. */
export default function WatchView() {
  return (
    <Switch>
      <Route path="/" component={TrafficPage} />
      <Route path="/live" component={LivePage} />
      <Route path="/drift" component={DriftPage} />
      <Route path="/drift/:id">{({ id }) => <ReportPage key={id} id={id} />}</Route>
      <Route path="/drift/:before/:after">
        {({ before, after }) => <DiffPage before={before} after={after} />}
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}
