import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/newsreader/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/design.css';
import './shell/shell.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from './api/queries.ts';
import { App } from './shell/app.tsx';

const root = createRoot(document.getElementById('root')!);

// Little by little, so that the page can be touched while it comes up.
startTransition(() =>
  root.render(
    <StrictMode>
      <QueryClientProvider client={createQueries()}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
