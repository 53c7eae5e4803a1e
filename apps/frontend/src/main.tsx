import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/newsreader/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/design.css';
import './shell/shell.css';
import { createElement, startTransition } from 'react';
import { createRoot } from 'react-dom/client';

const root = createRoot(document.getElementById('root')!);

// In a task of its own, and then drawn little by little: the page can be touched while it comes up.
const { default: Root } = await import('./root.tsx');
startTransition(() => root.render(createElement(Root)));
