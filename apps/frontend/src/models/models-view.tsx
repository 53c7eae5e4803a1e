import './models.css';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/not-found.tsx';
import { ModelPage } from './model-page.tsx';
import { RunPage } from './runs/run-page.tsx';
import { RunsPage } from './runs/runs-page.tsx';
import { SweepPage } from './runs/sweep-page.tsx';
import { SweepsPage } from './runs/sweeps-page.tsx';
import { ServedModels } from './served-models.tsx';

/** What is served, and how it came about. Below `-` lies what is no model: names of models begin otherwise. */
export default function ModelsView() {
  return (
    <Switch>
      <Route path="/" component={ServedModels} />
      <Route path="/-/runs" component={RunsPage} />
      <Route path="/-/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
      <Route path="/-/sweeps" component={SweepsPage} />
      <Route path="/-/sweeps/:id">{({ id }) => <SweepPage key={id} id={id} />}</Route>
      <Route path="/:name">{({ name }) => <ModelPage key={name} name={name} />}</Route>
      <Route component={NotFound} />
    </Switch>
  );
}
