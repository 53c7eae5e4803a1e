/**
 * Lints pieces of code as if they stood in the repository. Reads `[{ file, code }]` as JSON from standard input and
 * prints, in the same order, the lists of `{ rule, message }` that the repository's own ESLint configuration reports.
 * Rules that need types are off, because the files do not exist.
 */
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

export interface Snippet {
  /** Path below the repository's root; decides which rules hold. */
  file: string;
  code: string;
}

export interface Finding {
  rule: string | null;
  message: string;
}

const eslint = new ESLint({
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false, program: null } } },
  ],
});

const snippets = JSON.parse(await text(process.stdin)) as Snippet[];
const findings: Finding[][] = [];
for (const { file, code } of snippets) {
  const results = await eslint.lintText(code, { filePath: file });
  findings.push(
    results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ({ rule: ruleId, message }))),
  );
}
process.stdout.write(JSON.stringify(findings));
