import { factsOf } from '../../reports/facts.ts';
import { instantAt, isObject, linesAt, linkAt, listAt, textAt, valueAt } from '../json-pointer.ts';
import { PRERELEASE } from '../release-reach.ts';
import { ignored, leftOut, type ReportSignal, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { descriptionOf, keyOf, placeOf, seenAtOf, severityNamed, versionOf } from '../signal-words.ts';

/** Both events of a release come at once; a pre-release is tried out for longer than that. */
const PROMOTED_AFTER_MS = 10 * 60_000;

/** What ends an issue where it was; one that has moved is told of anew by the repository that it went to. */
const ENDS = ['closed', 'deleted', 'transferred'];
/** What may change how bad an issue is, whose it is, and whether it is a failure at all. */
const REVISIONS = ['labeled', 'unlabeled', 'edited', 'typed', 'untyped'];

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
  if (isObject(valueAt(issue, '/pull_request'))) return leftOut(keyOf('issues', action), 'It is a pull request.');
  const of = keyOf('github', id);
  if (ENDS.includes(action)) {
    return [{ kind: 'resolution', key: `${of}:*`, at: seenAtOf(instantAt(issue, '/closed_at'), receivedAt) }];
  }
  if (action === 'reopened') {
    const seenAt = seenAtOf(instantAt(issue, '/updated_at'), receivedAt);
    return [issueReport(body, issue, action, { of, key: keyOf(of, seenAt.toISOString()), seenAt })];
  }
  const seenAt = seenAtOf(instantAt(issue, '/created_at'), receivedAt);
  const report = issueReport(body, issue, action, { of, key: keyOf(of, 'opened'), seenAt });
  if (action === 'opened') return [report];
  if (!REVISIONS.includes(action)) return ignored(keyOf('issues', action));
  if (textAt(issue, '/state') === 'closed') return leftOut(keyOf('issues', action), 'The issue is closed.');
  return [{ kind: 'revision', of: `${of}:`, report }];
}

function issueReport(
  body: unknown,
  issue: unknown,
  action: string,
  { of, key, seenAt }: { of: string; key: string; seenAt: Date },
): ReportSignal {
  const labels = listAt(issue, '/labels').flatMap((label) => textAt(label, '/name') ?? textAt(label, '') ?? []);
  const named = (kind: RegExp) => labels.map((label) => kind.exec(label)?.[1]).find((one) => one !== undefined) ?? null;
  // An issue that was moved here is the failure that it was where it came from.
  const before = textAt(body, '/changes/old_issue/node_id') ?? textAt(body, '/changes/old_issue/html_url');
  const type = textAt(issue, '/type/name');
  return {
    kind: 'report',
    key,
    event: keyOf('issues', action),
    fingerprint: before ? keyOf('github', before) : of,
    title: titleOf(textAt(issue, '/title')) || 'Issue on GitHub',
    description: descriptionOf([linesAt(issue, '/body')]),
    facts: factsOf([
      ['Repository', textAt(body, '/repository/full_name')],
      ['Issue', textAt(issue, '/number')],
      ['Opened by', textAt(issue, '/user/login')],
      ['Type', type],
      ['Labels', labels.join(', ')],
      ['Milestone', textAt(issue, '/milestone/title')],
      [
        'Assigned to',
        listAt(issue, '/assignees')
          .map((one) => textAt(one, '/login'))
          .filter(Boolean)
          .join(', '),
      ],
    ]),
    labels: [...labels, ...(type ? [type] : [])],
    severity: severityNamed(labels),
    areaNamed: named(/^(?:area|component)[\s:/=-]+(.+)$/i),
    account: null,
    affected: 0,
    environment: null,
    vendor: named(/^vendor[\s:/=-]+(.+)$/i),
    link: linkAt(issue, '/html_url'),
    seenAt,
  };
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
  const code = {
    ...{ areaNamed: null, commit: null },
    repository: placeOf(textAt(body, '/repository/full_name')),
    branch: placeOf(textAt(body, '/release/target_commitish')),
  };
  return [{ kind: 'release', version: versionOf(version), environment, ...code, link, at }];
}
