import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import { createProjectGraphAsync } from '@nx/devkit';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// The boundary rule reads Nx's cached project graph and stays silent without one: on a clean checkout it would
// check nothing. So the graph is made, or brought up to date, before the first file is linted.
process.env.NX_ISOLATE_PLUGINS ??= 'false'; // our one plugin is a list of commands: no process for it
await createProjectGraphAsync({ exitOnError: false, resetDaemonClient: true });

/** Packages with native code or a global registry: one library owns each and the rest of Assay uses that library. */
const OWNED_PACKAGES = {
  'libs/model-runtime': ['onnxruntime-node'],
  'libs/preprocessing': ['sharp'],
  'libs/onnx-graph': ['protobufjs'],
  'libs/object-store': ['@google-cloud/storage'],
  'libs/prediction-log': ['@duckdb/node-api'],
  'libs/event-bus': ['@google-cloud/pubsub', 'google-auth-library'],
  'libs/service-kit': ['pino', 'prom-client'],
  'libs/provenance': ['@contentauth/c2pa-wasm'],
  'libs/testing': ['@contentauth/c2pa-wasm'], // signs what provenance is tested with
};

/** Files that only tests run. */
const TEST_FILES = ['*.spec.ts', '*.fixture.ts', 'spec-support/**'];

/** The part of a web project that runs in Node: the server of a page, its build, its tests in a browser. */
const PAGE_SERVER = ['server', 'scripts', 'e2e'].map((folder) => `apps/frontend/${folder}/**/*.ts`);

/**
 * Who may import whom: docs/adr/0004-module-boundaries.md. The rule reports the first constraint that is broken.
 *
 * @param {{ owner?: keyof typeof OWNED_PACKAGES, specs: boolean, servesPage?: boolean }} options
 */
function boundaries({ owner, specs, servesPage = false }) {
  const layer = (/** @type {string} */ source, /** @type {string[]} */ ...targets) => ({
    sourceTag: `layer:${source}`,
    onlyDependOnLibsWithTags: [...targets, ...(specs ? ['testing'] : [])].map((name) => `layer:${name}`),
  });
  const runtime = (/** @type {string} */ source, /** @type {string[]} */ ...targets) => ({
    sourceTag: `runtime:${source}`,
    onlyDependOnLibsWithTags: targets.map((name) => `runtime:${name}`),
  });
  const own = owner === undefined ? [] : OWNED_PACKAGES[owner];
  const banned = Object.values(OWNED_PACKAGES)
    .flat()
    .filter((name) => !own.includes(name));
  return /** @type {import('eslint').Linter.RuleEntry} */ ([
    'error',
    {
      banTransitiveDependencies: true,
      depConstraints: [
        servesPage ? runtime('web', 'node', 'universal') : runtime('web', 'web', 'universal'),
        runtime('node', 'node', 'universal'),
        runtime('universal', 'universal'),
        layer('app', 'domain', 'technology', 'contract'),
        layer('domain', 'domain', 'technology', 'contract'),
        layer('technology', 'contract'),
        layer('contract', 'contract'),
        layer('testing', 'domain', 'technology', 'contract'),
        { sourceTag: '*', bannedExternalImports: banned.flatMap((name) => [name, `${name}/*`]) },
      ],
    },
  ]);
}

const owners = /** @type {(keyof typeof OWNED_PACKAGES)[]} */ (Object.keys(OWNED_PACKAGES));

export default defineConfig(
  { ignores: ['**/dist/', '**/*.gen.ts', 'coverage/', '.assay/', '.nx/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Indices inside typed-array loops are in range by construction; `!` says so at no run-time cost.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Objects come from factories, not classes: their methods have no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // An interface of promises has implementations, and fakes, that need not wait.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/max-params': ['error', { max: 3, countVoidThis: false }],
    },
  },
  {
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts'],
    plugins: { '@nx': /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ (nx)) },
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts files read the environment.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'node:process',
              importNames: ['env'],
              message: 'Only config.ts files read the environment.',
            },
          ],
          patterns: [
            {
              group: ['@assay/*/*'],
              message: 'Import the library by its name: what index.ts exports is its interface.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
          message: 'No mutable module state: pass it in, or return it from a factory.',
        },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@nx/enforce-module-boundaries': boundaries({ specs: false }),
    },
  },
  {
    // The page: its own program, as a browser has other globals than Node.
    files: ['apps/frontend/src/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    languageOptions: { parserOptions: { project: './apps/frontend/tsconfig.json' } },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'The page runs in a browser.' },
            { group: ['**/server/*'], message: 'The page asks its server over HTTP.' },
          ],
        },
      ],
      // What an event calls may wait for something.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: PAGE_SERVER,
    rules: { '@nx/enforce-module-boundaries': boundaries({ specs: false, servesPage: true }) },
  },
  ...owners.map((owner) => ({
    files: [`${owner}/**/*.ts`],
    rules: { '@nx/enforce-module-boundaries': boundaries({ owner, specs: false }) },
  })),
  {
    files: TEST_FILES.map((name) => `{apps,libs}/**/${name}`),
    rules: { '@nx/enforce-module-boundaries': boundaries({ specs: true }) },
  },
  {
    files: TEST_FILES.map((name) => `apps/frontend/{server,e2e}/**/${name}`),
    rules: { '@nx/enforce-module-boundaries': boundaries({ specs: true, servesPage: true }) },
  },
  ...owners.map((owner) => ({
    files: TEST_FILES.map((name) => `${owner}/**/${name}`),
    rules: { '@nx/enforce-module-boundaries': boundaries({ owner, specs: true }) },
  })),
  {
    files: TEST_FILES.map((name) => `**/${name}`),
    rules: {
      // Bodies of answers are read as they come, and rows of a table are a test's parameters.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/max-params': 'off',
    },
  },
  {
    files: ['{apps,libs}/*/{src,server}/index.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Program > :not(ExportAllDeclaration, ExportNamedDeclaration[source])',
          message: 'index.ts only re-exports.',
        },
      ],
    },
  },
  { files: ['**/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['apps/frontend/public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly' } },
  },
);
