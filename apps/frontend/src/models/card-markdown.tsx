import Markdown, { type Components } from 'react-markdown';
import gfm from 'remark-gfm';
import { INFERENCE } from '../api/client.ts';
import { figureAddress, linkAddress } from './card-address.ts';

export interface CardMarkdownProps {
  /** Markdown by somebody else: HTML in it is left out, links and pictures are those of `card-address.ts`. */
  readonly text: string;
  /** Of the model. */
  readonly name: string;
}

/** A card as elements, by react-markdown; no text becomes markup. */
export default function CardMarkdown({ text, name }: CardMarkdownProps) {
  const folder = `${INFERENCE}/models/${encodeURIComponent(name)}/figures`;
  const components: Components = {
    // The page has its own first and second heading.
    h1: ({ children }) => <h3 className="models-card-title">{children}</h3>,
    h2: ({ children }) => <h4 className="models-card-part">{children}</h4>,
    h3: ({ children }) => <h5>{children}</h5>,
    h4: ({ children }) => <h6>{children}</h6>,
    h5: ({ children }) => <h6>{children}</h6>,
    a: ({ href, children }) => {
      const address = linkAddress(href);
      return address === undefined ? (
        <span>{children}</span>
      ) : (
        <a href={address} rel="noreferrer nofollow" {...(address.startsWith('#') ? {} : { target: '_blank' })}>
          {children}
        </a>
      );
    },
    img: ({ src, alt }) => {
      const address = figureAddress(src, folder);
      return address === undefined ? (
        <span className="figure-note">A picture that is not part of the package: {alt}</span>
      ) : (
        <img className="models-card-figure" src={address} alt={alt ?? ''} loading="lazy" />
      );
    },
    table: ({ children }) => (
      <div className="wide models-card-table" tabIndex={0} role="region" aria-label="Table of the card">
        <table>{children}</table>
      </div>
    ),
  };
  return (
    <article className="models-card-text" aria-label={`Card of ${name}`}>
      <Markdown remarkPlugins={[gfm]} skipHtml components={components} urlTransform={(url) => url}>
        {text}
      </Markdown>
    </article>
  );
}
