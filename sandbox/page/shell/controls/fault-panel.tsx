import type { ArmedFault, Fault } from '../../../faults/fault.ts';
import { api } from '../../api.ts';
import type { Settings } from '../../server/screen.ts';
import { useScreen } from '../screen.ts';
import { PlaySettings } from './play-settings.tsx';

const presets: { label: string; about: string; fault: Fault }[] = [
  { label: 'Slow API', about: 'Every call takes 2 s longer', fault: { method: '*', kind: 'delay', delayMs: 2000 } },
  {
    label: 'Rate limits',
    about: 'Posting answers 429, retry after 5 s',
    fault: { method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 5 },
  },
  {
    label: 'Server errors',
    about: 'One call in three answers 503',
    fault: { method: '*', kind: 'server_error', probability: 0.33 },
  },
  {
    label: 'Lost answers',
    about: 'Posts are made, the answer never arrives',
    fault: { method: 'chat.postMessage', kind: 'drop_answer' },
  },
  { label: 'Outage', about: 'Every call fails', fault: { method: '*', kind: 'fail', error: 'service_unavailable' } },
];
const kinds: Fault['kind'][] = ['fail', 'delay', 'drop_answer', 'rate_limit', 'server_error', 'hang'];

export function FaultPanel({ faults, settings }: { faults: ArmedFault[]; settings: Settings }) {
  const { attempt } = useScreen();
  const add = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const kind = String(form.get('kind')) as Fault['kind'];
    const times = Number(form.get('times'));
    void attempt(
      api.addFault({
        method: String(form.get('method')),
        kind,
        times: times > 0 ? times : undefined,
        error: kind === 'fail' ? 'internal_error' : undefined,
        delayMs: kind === 'delay' ? 2000 : undefined,
        retryAfter: kind === 'rate_limit' ? 5 : undefined,
      }),
    );
  };
  return (
    <div class="faults">
      <div class="fault-presets">
        {presets.map(({ label, about, fault }) => {
          const on = faults.find(
            (one) => one.kind === fault.kind && one.method === fault.method && one.times === undefined,
          );
          return (
            <button
              key={label}
              type="button"
              class="fault-toggle"
              aria-pressed={on !== undefined}
              onClick={() => void attempt(on ? api.removeFault(on.id) : api.addFault(fault))}
            >
              <strong>{label}</strong>
              <span>{about}</span>
            </button>
          );
        })}
      </div>
      <form class="fault-form" onSubmit={add}>
        <label>
          Method <input class="field" name="method" defaultValue="views.open" required />
        </label>
        <label>
          Fault{' '}
          <select class="field" name="kind">
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {kind.replace('_', ' ')}
              </option>
            ))}
          </select>
        </label>
        <label>
          Times <input class="field" name="times" type="number" min="0" defaultValue="1" />
        </label>
        <button type="submit" class="button">
          Add fault
        </button>
        <button
          type="button"
          class="button"
          disabled={faults.length === 0}
          onClick={() => void attempt(api.clearFaults())}
        >
          Clear all faults
        </button>
      </form>
      <ul class="fault-list">
        {faults.map((fault) => (
          <li key={fault.id}>
            <strong>{fault.kind.replace('_', ' ')}</strong> on <code>{fault.method}</code>
            {fault.team ? ` in ${fault.team}` : ''}, struck {fault.struck} {fault.struck === 1 ? 'time' : 'times'}{' '}
            <button
              type="button"
              class="link-button"
              aria-label={`Remove ${fault.kind.replace('_', ' ')} on ${fault.method}`}
              onClick={() => void attempt(api.removeFault(fault.id))}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <PlaySettings settings={settings} />
    </div>
  );
}
