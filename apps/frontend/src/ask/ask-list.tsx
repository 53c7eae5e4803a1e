import { Button } from '../design/button.tsx';
import { Badge, type Tone } from '../design/badge.tsx';
import { percent, words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { isOpen, type Ask } from './ask.ts';
import { exportedResults, toCsv } from './export-results.ts';
import { saveFile } from './save-file.ts';
import type { AsksControl } from './use-asks.ts';

/** All pictures of this visit with their answers; one of them is looked at. */
export function AskList({ asks }: { readonly asks: AsksControl }) {
  const { list, selected } = asks;
  const open = list.filter(isOpen).length;
  return (
    <section className="card ask-list" aria-labelledby="asked">
      <div className="card-head">
        <h2 id="asked">
          {list.length} pictures{open > 0 && <span className="ask-list-open">, {open} to come</span>}
        </h2>
        <div className="buttons">
          <Button small onClick={() => saveFile('assay.csv', toCsv(exportedResults(list)), 'text/csv')}>
            Save as CSV
          </Button>
          <Button
            small
            onClick={() =>
              saveFile('assay.json', JSON.stringify(exportedResults(list), null, 2), 'application/json')
            }
          >
            Save as JSON
          </Button>
          <Button small onClick={() => asks.remove(list.map(({ key }) => key))}>
            Clear
          </Button>
        </div>
      </div>
      <ul className="ask-list-items">
        {list.map((ask) => (
          <li key={ask.key}>
            <button
              type="button"
              className="ask-item"
              aria-current={ask.key === selected}
              onClick={() => asks.select(ask.key)}
            >
              <img src={ask.url} alt="" onError={hide} />
              <span className="ask-item-words">
                <NameText line>{ask.name}</NameText>
                <State ask={ask} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A picture that the browser cannot show leaves its place empty. */
function hide({ currentTarget }: { currentTarget: HTMLElement }): void {
  currentTarget.style.visibility = 'hidden';
}

function State({ ask: { state } }: { readonly ask: Ask }) {
  const [tone, text] = toneAndText(state);
  return <Badge tone={tone}>{text}</Badge>;
}

function toneAndText(state: Ask['state']): readonly [Tone, string] {
  switch (state.step) {
    case 'waiting':
      return ['plain', 'waiting'];
    case 'sending':
      return ['accent', `sending ${percent(state.share)}`];
    case 'thinking':
      return ['accent', 'being looked at'];
    case 'away':
      return ['warn', 'waits for the service'];
    case 'cancelled':
      return ['plain', 'cancelled'];
    case 'refused':
      return ['bad', 'no answer'];
    case 'answered': {
      const { decision, prediction, confidence } = state.answer;
      if (decision === 'uncertain') return ['warn', `too close to call`];
      if (decision === 'out-of-scope') return ['warn', 'outside of its scope'];
      return ['good', `${words(prediction)} ${percent(confidence)}`];
    }
  }
}
