import type { TableFacts } from './look-at-tables.ts';
import { inline, name, titled, type Recipe } from './recipe.ts';

/** What is written down before there is any data. */
export const expectedTable: TableFacts = {
  folder: '',
  files: ['table.csv'],
  separator: ',',
  labelColumn: 'label',
  labels: [],
  features: [],
  leftOut: [],
  rows: 1000,
};

const batchSize = 64;
/** Steps that a small network needs. */
const steps = 2000;
/** From so many rows on the layers are twice as wide. */
const manyRows = 1000;

/** A first configuration for a table: two hidden layers. */
export function tableRecipe(system: Recipe, facts: TableFacts = expectedTable): string {
  const epochs = Math.min(200, Math.max(20, Math.round((steps * batchSize) / facts.rows)));
  const { leftOut } = facts;
  return `${titled(system)}
data:
  reader: table
  path: ${name(system.path)}
  tables:
${facts.files.map((file) => `    - { file: ${name(file)} }`).join('\n')}
  labelColumn: ${name(facts.labelColumn)}
${facts.separator === ',' ? '' : `  separator: ${JSON.stringify(facts.separator)}\n`}${leftOut.map(({ column, why }) => `  # Left out: ${column}, for ${why}.\n`).join('')}${leftOut.length === 0 ? '' : `  features: ${inline(facts.features)}\n`}network:
  parameters: { hidden: ${facts.rows >= manyRows ? '[64, 32]' : '[32, 16]'}, dropout: 0.1 }
  blocks:
    hidden:
      - { type: linear, units: $units }
      - { type: relu }
      - { type: dropout, rate: $dropout }
  layers:
    - { block: hidden, forEach: { units: $hidden } }
    - { type: linear, units: $labels }
optimiser: { type: adamw, weightDecay: 0.01 }
schedule: { type: cosine, learningRate: 0.003, warmUp: 0.05 }
epochs: ${epochs}
batchSize: ${batchSize}
scopeGate: null
int8: null
card:
  data: Not stated.
  intendedUse: Not stated.
  notFor: []
`;
}
