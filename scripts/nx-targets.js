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
      const targets = {
        lint: target(`eslint ${root}`),
        typecheck: target(`tsc --noEmit -p ${root}/tsconfig.json`),
        test: target(`jest --passWithNoTests ${root}/`),
      };
      return [file, { projects: { [root]: { targets } } }];
    }),
];
