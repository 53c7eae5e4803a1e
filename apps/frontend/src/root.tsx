import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useState } from 'react';
import { createQueries } from './api/queries.ts';
import { App } from './shell/app.tsx';

/** The page with all that its parts share. */
export default function Root() {
  const [queries] = useState(createQueries);
  return (
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>
  );
}
