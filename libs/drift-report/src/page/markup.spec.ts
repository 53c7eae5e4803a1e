import { describe, expect, it } from '@jest/globals';
import { isolated, markup } from './markup.ts';

describe('markup', () => {
  it('makes text of whatever it did not make itself', () => {
    expect(markup`<p title="${`"'&`}">${'<b>'}</p>`.markup).toBe('<p title="&quot;&#39;&amp;">&lt;b&gt;</p>');
    expect(markup`<p>${markup`<b>${'<i>'}</b>`}</p>`.markup).toBe('<p><b>&lt;i&gt;</b></p>');
  });

  it('joins lists, writes numbers, leaves out nothing', () => {
    expect(markup`${[markup`<i>`, 'a', [1.5, undefined]]}`.markup).toBe('<i>a1.5');
  });

  it('keeps a number and its percent on one line', () => {
    expect(markup`${'91.2 % of %'}`.markup).toBe('91.2\u00a0% of %');
  });

  it('isolates names', () => expect(isolated('a<b').markup).toBe('<bdi>a&lt;b</bdi>'));
});
