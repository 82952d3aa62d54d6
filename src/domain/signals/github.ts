import { instantAt, isObject, linkAt, listAt, textAt, valueAt } from './json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from './signal.ts';
import { descriptionOf, keyOf, seenAtOf, severityOf, titleOf } from './signal-words.ts';

/** GitHub's `issues` and `release` events. An issue is one failure; a published release is a marker. */
export function readGithub({ body, event, receivedAt }: SignalDelivery): Signal[] {
  const action = textAt(body, '/action') ?? '';
  const name = event ?? (isObject(valueAt(body, '/release')) ? 'release' : 'issues');
  if (name === 'issues') return readIssue(body, action, receivedAt);
  if (name === 'release' && action === 'published') return readRelease(body, receivedAt);
  return ignored(keyOf(name, action));
}

function readIssue(body: unknown, action: string, receivedAt: Date): Signal[] {
  const issue = valueAt(body, '/issue');
  const id = textAt(issue, '/node_id') ?? textAt(issue, '/html_url');
  if (!id) return ignored('an issue without an id');
  const fingerprint = keyOf('github', id);
  if (action === 'closed') {
    return [{ kind: 'resolution', key: `${fingerprint}:*`, at: seenAtOf(instantAt(issue, '/closed_at'), receivedAt) }];
  }
  const isBack = action === 'reopened';
  if (action !== 'opened' && !isBack) return ignored(keyOf('issues', action));
  const labels = listAt(issue, '/labels').map((label) => textAt(label, '/name') ?? '');
  const severity = labels.map((label) => severityOf(label.replace(/^(severity|sev|priority)[\s:/=-]+/i, '')));
  const isVendors = labels.find((label) => /^vendor[\s:/=-]+/i.test(label));
  const seenAt = seenAtOf(instantAt(issue, isBack ? '/updated_at' : '/created_at'), receivedAt);
  return [
    {
      kind: 'report',
      key: keyOf(fingerprint, isBack ? seenAt.toISOString() : 'opened'),
      fingerprint,
      title: titleOf(textAt(issue, '/title') ?? 'Issue on GitHub'),
      description: descriptionOf([textAt(issue, '/body'), textAt(body, '/repository/full_name')]),
      severity: severity.find((one) => one !== null) ?? null,
      areaNamed:
        labels.map((label) => /^area[\s:/=-]+(.+)$/i.exec(label)?.[1]).find((one) => one !== undefined) ?? null,
      account: null,
      affected: 0,
      environment: null,
      vendor: isVendors?.replace(/^vendor[\s:/=-]+/i, '') ?? null,
      link: linkAt(issue, '/html_url'),
      seenAt,
    },
  ];
}

function readRelease(body: unknown, receivedAt: Date): Signal[] {
  const version = textAt(body, '/release/tag_name');
  if (!version) return ignored('a release without a tag');
  const at = seenAtOf(instantAt(body, '/release/published_at'), receivedAt);
  const link = linkAt(body, '/release/html_url');
  return [{ kind: 'release', version: version.slice(0, 100).toWellFormed(), environment: null, link, at }];
}
