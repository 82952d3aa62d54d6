import { fingerprintOf } from '../../grouping/fingerprint.ts';
import { accountsSaid } from '../../reports/counts.ts';
import { factsOf } from '../../reports/facts.ts';
import { cleanLine, cleanText } from '../../text/clean-text.ts';
import { instantAt, linesAt, linkAt, listAt, membersAt, textAt, valueAt } from '../json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { descriptionOf, fingerprintIn, keyOf, placeOf, seenAtOf, severityOf, versionOf } from '../signal-words.ts';
import { runsOf } from './json-runs.ts';

/** What is read of a release or of runs alone; a report shows them as it shows whatever else was sent. */
const RELEASE_FIELDS = ['repository', 'commit', 'branch'] as const;
const RUN_FIELDS = ['ran', 'defect'] as const;
const REPORT_FIELDS = [
  'title',
  'description',
  'severity',
  'area',
  'account',
  'affected',
  'environment',
  'vendor',
  'fingerprint',
  'key',
  'status',
  'link',
  'seen_at',
  'release',
  'labels',
] as const;
export const MAPPED_FIELDS = [...REPORT_FIELDS, ...RELEASE_FIELDS, ...RUN_FIELDS];
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** Where each field is found, as JSON pointers; a field left out is looked for under its own name. */
export type SignalMapping = Partial<Record<MappedField, string>>;

const OVER = ['resolved', 'closed', 'ok', 'recovered', 'fixed', 'done'];

/** Reads lines such as `title = /alert/name`. Answers what is wrong in words where a line is not one. */
export function parseSignalMapping(text: string): { ok: SignalMapping } | { bad: string } {
  const mapping: SignalMapping = {};
  for (const line of cleanText(text)
    .split('\n')
    .map((one) => one.trim())) {
    if (line === '') continue;
    const [, name = '', pointer = ''] = /^([a-z_]+)\s*=\s*(\/\S.*)$/.exec(line) ?? [];
    const field = MAPPED_FIELDS.find((one) => one === name);
    if (!field || pointer.length > 300 || /~(?![01])/.test(pointer)) {
      return {
        bad: `“${cleanLine(line, 60)}” is no line like title = /alert/name. The fields are ${MAPPED_FIELDS.join(', ')}.`,
      };
    }
    mapping[field] = pointer.trimEnd();
  }
  return { ok: mapping };
}

/**
 * JSON of any shape through a mapping. With a release and no title it is a release marker; with a status that says it is
 * over, a resolution of the occurrence that its key names; with how often something ran, the runs of it.
 */
export function readGenericJson(
  { body, deliveryKey, receivedAt }: SignalDelivery,
  mapping: SignalMapping = {},
): Signal[] {
  const pointer = (field: MappedField) => mapping[field] ?? `/${field}`;
  const text = (field: MappedField) => textAt(body, pointer(field));
  const seenAt = seenAtOf(instantAt(body, pointer('seen_at')), receivedAt);
  const title = text('title');
  const release = text('release');
  const environment = text('environment');
  const link = linkAt(body, pointer('link'));
  if (!title && release) {
    const place = (field: MappedField) => placeOf(text(field));
    return [
      {
        ...{ kind: 'release', version: versionOf(release), environment: place('environment'), link, at: seenAt },
        ...{
          areaNamed: place('area'),
          repository: place('repository'),
          branch: place('branch'),
          commit: place('commit'),
        },
      },
    ];
  }
  const named = text('key');
  if (named && OVER.includes(text('status')?.toLowerCase() ?? '')) {
    return [{ kind: 'resolution', key: keyOf('key', named), at: seenAt }];
  }
  const account = text('account');
  if (!title) {
    const ran = valueAt(body, pointer('ran'));
    const of = { fingerprint: text('fingerprint'), environment, account, defect: text('defect') };
    return ran === undefined ? ignored('no title') : runsOf(ran, of, { at: seenAt, receivedAt });
  }
  const labels = listAt(body, pointer('labels')).flatMap((one) => textAt(one, '') ?? textAt(one, '/name') ?? []);
  // What cannot be read as an instant is shown as it came, since when it arrived then counts.
  const unread = instantAt(body, pointer('seen_at')) ? null : text('seen_at');
  const { affected, note } = accountsSaid(valueAt(body, pointer('affected')));
  return [
    {
      kind: 'report',
      key: named ? keyOf('key', named) : keyOf('delivery', deliveryKey),
      event: 'report',
      fingerprint: fingerprintIn(environment, `json:${text('fingerprint') ?? fingerprintOf(title)}`),
      title: titleOf(title),
      description: descriptionOf([linesAt(body, pointer('description')) ?? text('description'), note]),
      facts: factsOf([
        ['Release', release],
        ['Seen at, as sent', unread],
        ...membersAt(body, '').filter(([name]) => !REPORT_FIELDS.some((field) => pointer(field) === `/${name}`)),
      ]),
      labels: labels.length > 0 ? labels : null,
      severity: severityOf(text('severity')),
      areaNamed: text('area'),
      account,
      affected: affected ?? (account ? 1 : 0),
      environment,
      vendor: text('vendor'),
      link,
      seenAt,
    },
  ];
}
