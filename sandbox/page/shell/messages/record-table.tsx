import { useState } from 'preact/hooks';
import type { BrokenRule, CallRecord, DeliveryRecord } from '../../../audit/records.ts';
import { useDirectory } from '../../directory.ts';
import { ScrollRegion } from '../kit/scroll-region.tsx';

export type RecordRow = {
  key: string;
  at: number;
  cells: [string, string, string];
  tone: 'good' | 'bad' | 'plain';
  detail: unknown;
};

const took = (ms: number | undefined) =>
  ms === undefined ? '' : ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;

export function callRow(call: CallRecord): RecordRow {
  const result = call.ok ? 'ok' : (call.error ?? `HTTP ${call.httpStatus}`);
  return {
    key: `call-${call.id}`,
    at: call.at,
    tone: call.ok ? 'good' : 'bad',
    detail: { arguments: call.args, answer: call.answer },
    cells: [call.method, call.fault ? `${result} · fault: ${call.fault}` : result, took(call.durationMs)],
  };
}

export function deliveryRow(delivery: DeliveryRecord): RecordRow {
  const tone = delivery.outcome === 'acked' ? 'good' : delivery.outcome === 'pending' ? 'plain' : 'bad';
  const outcome = delivery.outcome.replace('_', ' ');
  return {
    key: `delivery-${delivery.id}`,
    at: delivery.at,
    tone,
    detail: { payload: delivery.payload, ack: delivery.ackBody ?? null, detail: delivery.detail },
    cells: [
      delivery.attempt > 1 ? `${delivery.type} (retry ${delivery.attempt - 1})` : delivery.type,
      delivery.detail ? `${outcome}: ${delivery.detail}` : outcome,
      took(delivery.ackMs),
    ],
  };
}

export function brokenRow(broken: BrokenRule, index: number): RecordRow {
  return {
    key: `rule-${index}`,
    at: broken.at,
    tone: 'bad',
    detail: broken,
    cells: [broken.rule, broken.detail, broken.method ?? ''],
  };
}

/** Newest first; a row opens to show all that was sent. */
export function RecordTable({ columns, rows, empty }: { columns: string[]; rows: RecordRow[]; empty: string }) {
  const { viewer } = useDirectory();
  const [open, setOpen] = useState<string>();
  if (rows.length === 0) return <p class="quiet">{empty}</p>;
  const time = new Intl.DateTimeFormat(viewer.locale, {
    timeZone: viewer.tz,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (
    <table class="records">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map(({ key, at, cells, tone, detail }) => [
          <tr key={key} class={open === key ? 'open' : ''}>
            <td class="number">{time.format(new Date(at))}</td>
            <td>
              <button
                type="button"
                class="record-name"
                aria-expanded={open === key}
                onClick={() => setOpen(open === key ? undefined : key)}
              >
                {cells[0]}
              </button>
            </td>
            <td>
              <span class={`outcome outcome-${tone}`}>{cells[1]}</span>
            </td>
            <td class="number">{cells[2]}</td>
          </tr>,
          open === key ? (
            <tr key={`${key}-detail`}>
              <td colSpan={4}>
                <ScrollRegion className="record-detail" label="Details">
                  <pre>{JSON.stringify(detail, null, 2)}</pre>
                </ScrollRegion>
              </td>
            </tr>
          ) : null,
        ])}
      </tbody>
    </table>
  );
}
