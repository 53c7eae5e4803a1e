import { describe, expect, it } from '@jest/globals';
import { figureAddress, linkAddress } from './card-address.ts';

describe('pictures of a card', () => {
  const folder = '/api/inference/models/birds/figures';

  it.each([
    ['figures/reliability.svg', `${folder}/reliability.svg`],
    ['./figures/risk-coverage.svg', `${folder}/risk-coverage.svg`],
  ])('%s comes from the service', (source, address) => {
    expect(figureAddress(source, folder)).toBe(address);
  });

  it.each([
    'https://evil.example/pixel.gif',
    '//evil.example/pixel.gif',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'javascript:alert(1)',
    'figures/../../../predictions',
    'figures/..%2f..%2fcard',
    'figures/.hidden',
    'figures/a/b.svg',
    'reliability.svg',
    '',
    undefined,
    7,
  ])('%j is nobody’s to fetch', (source) => {
    expect(figureAddress(source, folder)).toBeUndefined();
  });
});

describe('links of a card', () => {
  it.each(['https://example.org/paper', 'http://example.org', 'HTTPS://EXAMPLE.ORG', '#limits'])(
    '%s may be followed',
    (href) => {
      expect(linkAddress(href)).toBe(href);
    },
  );

  it.each(['javascript:alert(1)', ' javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', '/watch', '//evil.example', '', undefined])(
    '%j does nothing',
    (href) => {
      expect(linkAddress(href)).toBeUndefined();
    },
  );
});
