import type { RateLimitProfile } from '../../../options.ts';
import { api } from '../../api.ts';
import type { Settings } from '../../server/screen.ts';
import { useScreen } from '../screen.ts';

type Choice = {
  label: string;
  value: string;
  options: [value: string, words: string][];
  choose: (value: string) => Promise<unknown>;
};

function choices({ rateLimits, fileProcessingMs, missingBlocks }: Settings): Choice[] {
  const charts = 'data_visualization';
  return [
    {
      label: 'Rate-limit tiers',
      value: rateLimits,
      options: [
        ['off', 'off'],
        ['docs', 'docs'],
        ['strict', 'strict'],
      ],
      choose: (value) => api.setRateLimits(value as RateLimitProfile),
    },
    {
      label: 'File processing',
      value: String(fileProcessingMs),
      options: [
        ['0', 'at once'],
        ['5000', '5 s'],
        ['60000', '1 min'],
      ],
      choose: (value) => api.setFileProcessing(Number(value)),
    },
    {
      label: 'Native charts',
      value: missingBlocks.includes(charts) ? charts : '',
      options: [
        ['', 'are here'],
        [charts, 'not rolled out'],
      ],
      choose: (value) => api.setMissingBlocks(value ? [value] : []),
    },
  ];
}

/** How the sandbox plays Slack: limits, processing, what is rolled out, connections. */
export function PlaySettings({ settings }: { settings: Settings }) {
  const { attempt } = useScreen();
  return (
    <div class="fault-form">
      {choices(settings).map(({ label, value, options, choose }) => (
        <label key={label}>
          {label}{' '}
          <select
            class="field"
            value={value}
            onChange={(event) => void attempt(choose((event.target as HTMLSelectElement).value))}
          >
            {options.some(([known]) => known === value) ? null : <option value={value}>{value}</option>}
            {options.map(([known, words]) => (
              <option key={known} value={known}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ))}
      <button type="button" class="button" onClick={() => void attempt(api.sockets('refresh'))}>
        Ask to reconnect
      </button>
      <button type="button" class="button" onClick={() => void attempt(api.sockets('cut'))}>
        Cut connections
      </button>
    </div>
  );
}
