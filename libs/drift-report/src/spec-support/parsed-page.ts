import { parse, type DefaultTreeAdapterMap } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];

/** An element of a page. */
export interface PageElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Text of it and of what is in it, white space joined. */
  text: string;
  /** Names of the elements around it, the nearest first. */
  within: readonly string[];
}

/** A page as a browser reads it. */
export interface ParsedPage {
  elements: readonly PageElement[];
  /** What the HTML standard calls a parse error. */
  errors: readonly string[];
  all(name: string): PageElement[];
  text: string;
}

/** Parses HTML by the algorithm of the standard. */
export function parsePage(html: string): ParsedPage {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => void errors.push(code) });
  const elements: PageElement[] = [];
  const visit = (node: Node, within: readonly string[]) => {
    if ('tagName' in node)
      elements.push({
        name: node.tagName,
        attributes: new Map(node.attrs.map(({ name, value }) => [name, value])),
        text: textOf(node),
        within,
      });
    if ('childNodes' in node)
      for (const child of node.childNodes)
        visit(child, 'tagName' in node ? [node.tagName, ...within] : within);
  };
  visit(document, []);
  const all = (name: string) => elements.filter((element) => element.name === name);
  return { elements, errors, all, text: all('body')[0]?.text ?? '' };
}

function textOf(node: Node): string {
  const join = (one: Node): string => {
    if ('value' in one) return one.value;
    return 'childNodes' in one ? one.childNodes.map(join).join(' ') : '';
  };
  return join(node).replace(/\s+/g, ' ').trim();
}
