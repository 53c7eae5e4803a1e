/**
 * One jest project for the whole monorepo: swc compiles TypeScript to CommonJS in memory, so that a
 * test starts without a build. Worker threads that a test starts run the `.ts` sources natively.
 *
 * @type {import('jest').Config}
 */
export default {
  roots: ['apps', 'libs', 'scripts', 'bench', 'infra'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts'],
  testEnvironment: '<rootDir>/scripts/jest/node-environment.ts',
  transform: {
    '\\.m?[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAssertions: true },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Dependencies run as published, except `.mjs` files, packages that ship no CommonJS, and Cloud Storage's client, whose CommonJS
  // imports node-fetch, which ships none.
  transformIgnorePatterns: [
    `/node_modules/(?!(${[
      'teeny-request|gaxios|node-fetch|fetch-blob|formdata-polyfill|data-uri-to-buffer',
      'd3-[a-z-]+|internmap',
      'string-width|wrap-ansi|strip-ansi|ansi-regex|ansi-styles|get-east-asian-width',
      'parse5|entities',
    ].join('|')})/).+\\.(js|cjs|json)$`,
  ],
  // The builds of the charts' libraries that CommonJS can load.
  moduleNameMapper: { '^(vega|vega-lite)$': '<rootDir>/node_modules/$1/build/$1.min.js' },
  modulePathIgnorePatterns: ['<rootDir>/(dist|coverage|\\.assay|\\.nx)/'],
  maxWorkers: 2,
  // Generous: a loaded two-core machine opens ONNX sessions and decodes images in a single test.
  testTimeout: 30_000,
  reporters: ['<rootDir>/scripts/jest/skipped-tests-reporter.ts', 'default'],
  coverageProvider: 'v8',
  coverageDirectory: 'coverage',
  coverageReporters: ['text-summary', 'html', 'lcov'],
  collectCoverageFrom: [
    '{apps,libs}/*/{src,server}/**/*.ts',
    '!**/index.ts',
    '!**/*.{spec,fixture}.ts',
    '!**/spec-support/**',
  ],
};
