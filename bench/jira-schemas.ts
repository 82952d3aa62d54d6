import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type JiraServer, jiraTokenOf, startJira } from './trackers/jira-server.ts';

const KIT = 'jira.js@6.2.0';

type Call = (params?: object) => Promise<unknown>;
type Kit = { createCloudClient: (config: object) => Record<string, Record<string, Call>> };

/**
 * Holds the Jira that the tests and `bench -- trackers` play with to what Jira Cloud answers, by the schemas of a kit that
 * refuses whatever differs. The kit is installed into a folder of its own: nothing else needs it.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'burndown-jira-'));
  const jira = await startJira();
  try {
    const client = (await kitIn(folder)).createCloudClient({
      host: jira.url,
      auth: { type: 'basic', ...signedIn() },
      onSchemaMismatch: 'throw',
    });
    await liveThrough(jira);
    let refused = 0;
    for (const [name, call, params] of asked(client)) {
      const differs = await call?.(params).then(
        () => null,
        (error: Error & { issues?: unknown }) => `${error.message} ${JSON.stringify(error.issues ?? '')}`,
      );
      if (differs !== null) refused += 1;
      say(`${name}: ${differs === null ? 'as Jira answers' : (differs ?? 'the kit does not ask for that')}`);
    }
    if (refused > 0) process.exitCode = 1;
  } finally {
    await jira.close();
    rmSync(folder, { recursive: true });
  }
}

async function kitIn(folder: string): Promise<Kit> {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', KIT], { cwd: folder, stdio: 'ignore' });
  const entry = join(folder, 'kit.mjs');
  writeFileSync(entry, "export * from 'jira.js';");
  return (await import(pathToFileURL(entry).href)) as Kit;
}

function signedIn() {
  const [email, apiToken] = jiraTokenOf('burndown-bot').split(':');
  return { email, apiToken };
}

/** One issue with all that happens to issues: a date, a label, an owner, a comment, an end. */
async function liveThrough(jira: JiraServer): Promise<void> {
  const fields = { project: { key: 'OPS' }, issuetype: { id: '12' }, summary: 'Broken', description: 'It is broken.' };
  await jira.as('ana', 'POST', '/issue', { fields });
  await jira.as('ana', 'PUT', '/issue/OPS-1', {
    fields: { duedate: '2026-12-01' },
    update: { labels: [{ add: 'x' }] },
  });
  await jira.as('ana', 'PUT', '/issue/OPS-1/assignee', { accountId: 'account-of-ben' });
  await jira.as('ana', 'POST', '/issue/OPS-1/comment', { body: 'Seen again.' });
  await jira.move('ana', 'OPS-1', 'Closed', 'Fixed');
}

function asked(client: Record<string, Record<string, Call>>): [name: string, call: Call | undefined, params: object][] {
  const { issues, issueComments, issueSearch, myself, projects, userSearch, workflowStatuses } = client;
  const key = { issueIdOrKey: 'OPS-1' };
  const made = { project: { key: 'OPS' }, issuetype: { id: '12' }, summary: 'Another' };
  const jql = 'project = "OPS" ORDER BY updated DESC';
  return [
    ['who asks', myself?.getCurrentUser, {}],
    ['a project', projects?.getProject, { projectIdOrKey: 'OPS' }],
    ['its types of issues', issues?.getCreateIssueMetaIssueTypes, { projectIdOrKey: 'OPS' }],
    ['states', workflowStatuses?.getStatuses, {}],
    ['an issue with its history', issues?.getIssue, { ...key, expand: 'changelog' }],
    ['a search', issueSearch?.searchAndReconsileIssuesUsingJqlPost, { jql, fields: ['*all'] }],
    ['transitions', issues?.getTransitions, { ...key, expand: 'transitions.fields' }],
    ['comments', issueComments?.getComments, key],
    ['who may own an issue', userSearch?.findAssignableUsers, { project: 'OPS', query: 'b' }],
    ['an issue that is made', issues?.createIssue, { fields: made }],
    ['an issue that is moved', issues?.doTransition, { ...key, transition: { id: '21' } }],
    ['an issue that is given away', issues?.assignIssue, { ...key, accountId: null }],
  ];
}

const say = (line: string) => process.stdout.write(`${line}\n`);
