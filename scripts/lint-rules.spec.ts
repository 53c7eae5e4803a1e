import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Finding, Snippet } from './lint-snippets.ts';

const BOUNDARIES = '@nx/enforce-module-boundaries';

interface Case extends Snippet {
  name: string;
  /** The rule that must report it; absent where the code is allowed. */
  rule?: string;
  message?: RegExp;
}

const used = (name: string) => `import * as used from '${name}';\nexport const x = used;\n`;

const cases: Case[] = [
  {
    name: 'a domain library importing an app',
    file: 'libs/training/src/probe.ts',
    code: used('@assay/inference-api'),
    rule: BOUNDARIES,
    // Where the app uses the library, even if only for its tests, the circle is reported in place of the layers.
    message: /layer:domain.*can only depend on|Circular dependency/,
  },
  {
    name: 'a technology library importing a domain library',
    file: 'libs/service-kit/src/probe.ts',
    code: used('@assay/model-registry'),
    rule: BOUNDARIES,
    message: /layer:technology.*can only depend on/,
  },
  {
    name: 'a technology library importing another one',
    file: 'libs/model-runtime/src/probe.ts',
    code: used('@assay/service-kit'),
    rule: BOUNDARIES,
    message: /layer:technology.*can only depend on/,
  },
  {
    name: 'the contract importing anything',
    file: 'libs/schema/src/probe.ts',
    code: used('@assay/testing'),
    rule: BOUNDARIES,
  },
  {
    name: 'an app importing an app',
    file: 'apps/trainer/src/probe.ts',
    code: used('@assay/inference-api'),
    rule: BOUNDARIES,
    message: /layer:app.*can only depend on/,
  },
  {
    name: 'a universal library importing one that needs Node',
    file: 'libs/onnx-graph/src/probe.ts',
    code: used('@assay/service-kit'),
    rule: BOUNDARIES,
    message: /runtime:universal.*can only depend on/,
  },
  {
    name: 'a circle between libraries',
    file: 'libs/preprocessing/src/probe.ts',
    code: used('@assay/prediction'),
    rule: BOUNDARIES,
    message: /Circular dependency/,
  },
  {
    name: 'product code importing test helpers',
    file: 'libs/prediction/src/probe.ts',
    code: used('@assay/testing'),
    rule: BOUNDARIES,
    message: /layer:domain.*can only depend on/,
  },
  {
    name: 'a spec importing test helpers',
    file: 'libs/prediction/src/probe.spec.ts',
    code: used('@assay/testing'),
  },
  ...(
    [
      ['onnxruntime-node', 'libs/training', 'libs/model-runtime'],
      ['sharp', 'apps/inference-api', 'libs/preprocessing'],
      ['protobufjs', 'libs/training', 'libs/onnx-graph'],
      ['pino', 'apps/inference-api', 'libs/service-kit'],
      ['prom-client', 'apps/inference-api', 'libs/service-kit'],
    ] as const
  ).flatMap(([name, other, owner]): Case[] => [
    {
      name: `${other} importing ${name}`,
      file: `${other}/src/probe.ts`,
      code: used(name),
      rule: BOUNDARIES,
      message: /is not allowed to import/,
    },
    {
      name: `a spec of ${other} importing ${name} at run time`,
      file: `${other}/src/probe.spec.ts`,
      code: `export const x = await import('${name}');\n`,
      rule: BOUNDARIES,
      message: /is not allowed to import/,
    },
    { name: `${owner} importing ${name}`, file: `${owner}/src/probe.ts`, code: used(name) },
    { name: `a spec of ${owner} importing ${name}`, file: `${owner}/src/probe.spec.ts`, code: used(name) },
  ]),
  {
    name: 'a package that the importer does not declare',
    file: 'libs/training/src/probe.ts',
    code: used('express'),
    rule: BOUNDARIES,
    message: /Only packages defined in the "package.json"/,
  },
  {
    name: 'a deep import',
    file: 'libs/training/src/probe.ts',
    code: used('@assay/schema/src/problems.ts'),
    rule: 'no-restricted-imports',
  },
  {
    name: "a relative import of another library's file",
    file: 'libs/training/src/probe.ts',
    code: used('../../schema/src/problems.ts'),
    rule: BOUNDARIES,
    message: /cannot be imported by a relative/,
  },
  {
    name: 'an app importing a domain library',
    file: 'apps/inference-api/src/probe.ts',
    code: used('@assay/prediction'),
  },
  {
    name: 'a domain library importing the contract',
    file: 'libs/training/src/probe.ts',
    code: used('@assay/schema'),
  },
  {
    name: 'the environment read outside config.ts',
    file: 'libs/training/src/probe.ts',
    code: 'export const port = process.env.PORT;\n',
    rule: 'no-restricted-properties',
  },
  {
    name: 'the environment read in config.ts',
    file: 'apps/inference-api/src/config.ts',
    code: 'export const port = process.env.PORT;\n',
  },
  {
    name: 'a fourth positional parameter',
    file: 'libs/training/src/probe.ts',
    code: 'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];\n',
    rule: '@typescript-eslint/max-params',
  },
  { name: 'console', file: 'libs/training/src/probe.ts', code: "console.log('x');\n", rule: 'no-console' },
  {
    name: 'mutable module state',
    file: 'libs/training/src/probe.ts',
    code: 'export let count = 0;\ncount += 1;\n',
    rule: 'no-restricted-syntax',
  },
  {
    name: 'code in index.ts',
    file: 'libs/training/src/index.ts',
    code: 'export const x = 1;\n',
    rule: 'no-restricted-syntax',
  },
];

describe('the lint rules that keep the architecture', () => {
  let findings: Finding[][];

  beforeAll(() => {
    const input = JSON.stringify(cases.map(({ file, code }) => ({ file, code })));
    findings = JSON.parse(
      execFileSync(process.execPath, ['scripts/lint-snippets.ts'], {
        input,
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      }),
    ) as Finding[][];
  }, 120_000);

  it.each(cases.map(({ name, rule }, index) => ({ index, name, verdict: rule ? 'refuse' : 'allow' })))(
    '$verdict $name',
    ({ index }) => {
      const { rule, message } = cases[index]!;
      const found = findings[index]!;
      if (rule === undefined) {
        expect(found).toEqual([]);
      } else {
        expect(found).toContainEqual({
          rule,
          message: message ? expect.stringMatching(message) : expect.any(String),
        });
      }
    },
  );
});
