import { Page } from '../design/page.tsx';

export function AskView() {
  return <Page title="Ask">{null}</Page>;
}
