import { instantAt, isObject, linkAt, listAt, textAt, valueAt } from './json-pointer.ts';
import { PRERELEASE } from './release-reach.ts';
import { ignored, type Signal, type SignalDelivery } from './signal.ts';
import { descriptionOf, keyOf, seenAtOf, severityOf, titleOf, versionOf } from './signal-words.ts';

/** Both events of a release come at once; a pre-release is tried out for longer than that. */
const PROMOTED_AFTER_MS = 10 * 60_000;

/** GitHub's `issues` and `release` events. An issue is one failure; a release is a marker. */
export function readGithub({ body, event, receivedAt }: SignalDelivery): Signal[] {
  const action = textAt(body, '/action') ?? '';
  const name = event ?? (isObject(valueAt(body, '/release')) ? 'release' : 'issues');
  if (name === 'issues') return readIssue(body, action, receivedAt);
  if (name === 'release' && (action === 'published' || action === 'released')) {
    return readRelease(body, action, receivedAt);
  }
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

/**
 * GitHub calls a pre-release not ready for production, so it is a marker of its own. When one becomes a release it is told
 * as `released`, with the moment at which the pre-release was published; a release from the start is told as both.
 */
function readRelease(body: unknown, action: string, receivedAt: Date): Signal[] {
  const version = textAt(body, '/release/tag_name');
  if (!version) return ignored('a release without a tag');
  const publishedAt = seenAtOf(instantAt(body, '/release/published_at'), receivedAt);
  const isPromoted = action === 'released' && receivedAt.getTime() - publishedAt.getTime() > PROMOTED_AFTER_MS;
  const at = isPromoted ? receivedAt : publishedAt;
  const environment = valueAt(body, '/release/prerelease') === true ? PRERELEASE : null;
  const link = linkAt(body, '/release/html_url');
  return [{ kind: 'release', version: versionOf(version), environment, link, at }];
}
