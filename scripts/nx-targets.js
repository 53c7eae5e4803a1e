import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Nx plugin: every workspace under apps/ and libs/ gets the same three targets, so that no package.json repeats
 * them and a new library cannot forget one. `nx affected -t lint typecheck test` then runs what a change touches.
 *
 * @type {import('@nx/devkit').CreateNodesV2}
 */
export const createNodesV2 = [
  '{apps,libs}/*/package.json',
  (packageFiles) =>
    packageFiles.map((file) => {
      const root = file.slice(0, -'/package.json'.length);
      const target = (/** @type {string} */ command) => ({ command, options: { cwd: '{workspaceRoot}' } });
      // A page has a second program: that of its server.
      const programs = ['tsconfig.json', 'tsconfig.server.json'].filter((name) =>
        existsSync(join(root, name)),
      );
      const targets = {
        lint: target(`eslint ${root}`),
        typecheck: target(programs.map((name) => `tsc --noEmit -p ${root}/${name}`).join(' && ')),
        test: target(`jest --passWithNoTests ${root}/`),
      };
      return [file, { projects: { [root]: { targets } } }];
    }),
];
