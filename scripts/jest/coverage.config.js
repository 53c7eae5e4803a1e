import base from '../../jest.config.js';

/** Where a line that no test runs is a risk: the mathematics, and the way from bytes to a model's input. */
const libraries = ['explanation', 'onnx-graph', 'preprocessing', 'training'];

/**
 * `npm run coverage`: fails where fewer than nine lines of ten are run. Lines that only worker threads run do not count as run.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  rootDir: '../..',
  roots: libraries.map((name) => `<rootDir>/libs/${name}`),
  collectCoverage: true,
  collectCoverageFrom: (base.collectCoverageFrom ?? [])
    .filter((pattern) => pattern.startsWith('!'))
    .concat(libraries.map((name) => `libs/${name}/src/**/*.ts`)),
  coverageThreshold: {
    global: { lines: 90 },
    ...Object.fromEntries(libraries.map((name) => [`./libs/${name}/src/`, { lines: 90 }])),
  },
};
