import { useEffect, useState } from 'preact/hooks';
import { api, type Inspection } from '../../api.ts';
import { Icon } from '../kit/icon.tsx';
import { ScrollRegion } from '../kit/scroll-region.tsx';
import { brokenRow, callRow, deliveryRow, RecordTable } from '../messages/record-table.tsx';
import { useScreen } from '../screen.ts';
import { FaultPanel } from './fault-panel.tsx';

const refreshPauseMs = 200;
const watched = new Set(['call', 'delivery', 'broken_rule', 'faults', 'sockets', 'clock', 'reset']);
const tabs = { calls: 'API calls', deliveries: 'Deliveries', rules: 'Broken rules', faults: 'Faults' } as const;
type Tab = keyof typeof tabs;

/** What went over the wire in both directions, which rules were broken, and ways to make things fail. */
export function Inspector({ onClose }: { onClose: () => void }) {
  const { subscribe, attempt, snapshot } = useScreen();
  const [tab, setTab] = useState<Tab>('calls');
  const [seen, setSeen] = useState<Inspection>();

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = async () => {
      timer = undefined;
      const next = await attempt(api.inspect());
      if (next) setSeen(next);
    };
    void refresh();
    const stop = subscribe((changes) => {
      if (!changes || changes.some((change) => watched.has(change.kind))) timer ??= setTimeout(refresh, refreshPauseMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);

  const counts: Record<Tab, number> = {
    calls: seen?.calls.length ?? 0,
    deliveries: seen?.deliveries.length ?? 0,
    rules: seen?.brokenRules.length ?? 0,
    faults: seen?.faults.length ?? 0,
  };
  return (
    <section class="inspector" aria-label="Inspector">
      <header class="inspector-head">
        <div class="tabs" role="toolbar" aria-label="What to inspect">
          {(Object.keys(tabs) as Tab[]).map((id) => (
            <button key={id} type="button" class="tab" aria-pressed={tab === id} onClick={() => setTab(id)}>
              {tabs[id]}{' '}
              <span class={id === 'rules' && counts.rules > 0 ? 'tab-count bad' : 'tab-count'}>{counts[id]}</span>
            </button>
          ))}
        </div>
        <span class="inspector-note">
          {snapshot.connections} {snapshot.connections === 1 ? 'connection' : 'connections'}
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label="Clear records"
          title="Clear records"
          onClick={() => void attempt(api.clearInspection()).then(async () => setSeen(await attempt(api.inspect())))}
        >
          <Icon name="trash" size={16} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Close inspector"
          title="Close inspector"
          onClick={onClose}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      <ScrollRegion className="inspector-body" label={tabs[tab]}>
        {tab === 'calls' ? (
          <RecordTable
            columns={['Time', 'Method', 'Result', 'Took']}
            rows={(seen?.calls ?? []).map(callRow)}
            empty="The app has not called the API yet."
          />
        ) : null}
        {tab === 'deliveries' ? (
          <RecordTable
            columns={['Time', 'Sent', 'Outcome', 'Ack']}
            rows={(seen?.deliveries ?? []).map(deliveryRow)}
            empty="Nothing has been sent to the app yet."
          />
        ) : null}
        {tab === 'rules' ? (
          <RecordTable
            columns={['Time', 'Rule', 'What happened', 'Method']}
            rows={(seen?.brokenRules ?? []).map(brokenRow)}
            empty="No rule has been broken."
          />
        ) : null}
        {tab === 'faults' && seen ? <FaultPanel faults={seen.faults} settings={seen.settings} /> : null}
      </ScrollRegion>
    </section>
  );
}
