import { describe, expect, it } from '@jest/globals';
import parser from 'node-sql-parser';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';

async function run(...words: string[]) {
  const output = recordingOutput();
  const program = buildProgram({ output, signal: new AbortController().signal, exit: () => undefined });
  await program.parseAsync(['drift', 'sql', ...words], { from: 'user' });
  return output.lines.join('\n');
}

describe('assay drift sql', () => {
  it('prints the views, and the statements that count a window in the bins of the model', async () => {
    const model = ['--model', 'wine', '--registry', 'models', '--dataset', 'project.log'];
    const text = await run(...model, '--views');
    const statements = text.split(';\n').filter((statement) => statement.trim() !== '');
    expect(statements).toHaveLength(8);
    const { Parser } = parser;
    for (const statement of statements)
      expect(() =>
        new Parser().astify(statement.replace(/^\s*--.*$/m, ''), { database: 'BigQuery' }),
      ).not.toThrow();
    expect(text).toContain('`project.log.raw_predictions`');
    expect(text).toContain('$."total sulfur dioxide"');
    expect(text).toContain("model_name = 'wine'");
    expect(await run(...model)).not.toContain('CREATE');
  });

  it('says what is missing where the model is not known', async () => {
    await expect(run('--model', 'none', '--registry', 'models', '--dataset', 'a.b')).rejects.toMatchObject({
      code: 'unknown-model',
    });
  });
});
