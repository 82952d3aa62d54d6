import { z } from 'zod';

// What is asked for is what is read: Linear counts every field of every issue against the hour.
const ISSUE = `
  identifier url title description createdAt updatedAt completedAt canceledAt dueDate
  state { type }
  creator { displayName }
  assignee { id displayName email }
  labels(first: 20) { nodes { name } }`;

export const INTRODUCE = `query Introduce($team: String!) {
  viewer { displayName }
  organization { urlKey }
  teams(filter: { key: { eqIgnoreCase: $team } }, first: 1) {
    nodes { key issues(first: 1, orderBy: updatedAt) { nodes { ${ISSUE} } } }
  }
}`;

export const READ = `query Read($id: String!, $after: String) {
  issue(id: $id) {
    ${ISSUE}
    history(first: 50, after: $after) {
      nodes { createdAt actor { displayName } fromState { type } toState { type } fromDueDate toDueDate }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const ASSIGNED = `query Assigned($id: String!, $after: String) {
  issue(id: $id) {
    history(first: 50, after: $after) {
      nodes { createdAt actor { id displayName email } fromAssignee { id } toAssignee { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const BY_EMAIL = `query ByEmail($named: String!) {
  users(filter: { email: { eqIgnoreCase: $named } }, first: 2) { nodes { id displayName email } }
}`;

export const BY_NAME = BY_EMAIL.replace('query ByEmail', 'query ByName').replace('{ email:', '{ displayName:');

export const LABELS = `query Labels($id: String!, $names: [String!]!) {
  issue(id: $id) { team { id labels(first: 50, filter: { name: { in: $names } }) { nodes { id name } } } }
}`;

export const CREATE_LABEL = `mutation CreateLabel($teamId: String!, $name: String!) {
  issueLabelCreate(input: { teamId: $teamId, name: $name }) { issueLabel { id } }
}`;

export const ADD_LABEL = `mutation AddLabel($id: String!, $labelId: String!) {
  issueAddLabel(id: $id, labelId: $labelId) { success }
}`;

export const REMOVE_LABEL = ADD_LABEL.replace('mutation AddLabel', 'mutation RemoveLabel').replace(
  'issueAdd',
  'issueRemove',
);

export const CHANGED = `query Changed($team: String!, $since: DateTimeOrDuration!, $after: String) {
  teams(filter: { key: { eqIgnoreCase: $team } }, first: 1) {
    nodes {
      issues(first: 50, after: $after, filter: { updatedAt: { gte: $since } }) {
        nodes { ${ISSUE} }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

export const CREATED = CHANGED.replace('query Changed', 'query Created').replace('{ updatedAt:', '{ createdAt:');

/** What an export of its own has, too. */
export const HISTORY = CREATED.replace('query Created', 'query History')
  .replace(`nodes { ${ISSUE} }`, `nodes { ${ISSUE} priorityLabel project { name } }`)
  .replace('state { type }', 'state { type name }');

export const TEAM = `query Team($team: String!) {
  teams(filter: { key: { eqIgnoreCase: $team } }, first: 1) { nodes { id } }
}`;

export const CREATE = `mutation Create($teamId: String!, $title: String!, $description: String!) {
  issueCreate(input: { teamId: $teamId, title: $title, description: $description }) { issue { ${ISSUE} } }
}`;

export const STATES = `query States($id: String!) {
  issue(id: $id) { team { states(first: 100) { nodes { id type position } } } }
}`;

export const UPDATE = `mutation Update($id: String!, $input: IssueUpdateInput!) {
  issueUpdate(id: $id, input: $input) { issue { ${ISSUE} } }
}`;

export const COMMENT = `mutation Comment($id: String!, $body: String!) {
  commentCreate(input: { issueId: $id, body: $body }) { comment { id } }
}`;

export const COMMENTS = `query Comments($id: String!, $after: String) {
  issue(id: $id) {
    comments(first: 50, after: $after) {
      nodes { id body user { displayName } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const EDIT_COMMENT = `mutation EditComment($id: String!, $body: String!) {
  commentUpdate(id: $id, input: { body: $body }) { comment { id } }
}`;

const at = z.iso.datetime({ offset: true });
const person = z.object({ displayName: z.string() }).nullish();
const account = z.object({ id: z.string(), displayName: z.string(), email: z.string().nullish() });
export type LinearAccount = z.infer<typeof account>;
const page = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const state = z.object({ type: z.string() }).nullish();
const day = z.iso.date().nullish();

export const issue = z.object({
  identifier: z.string(),
  url: z.url(),
  title: z.string(),
  description: z.string().nullish(),
  createdAt: at,
  updatedAt: at,
  completedAt: at.nullish(),
  canceledAt: at.nullish(),
  dueDate: day,
  state: z.object({ type: z.string() }),
  creator: person,
  assignee: account.nullish(),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }),
});
export type Issue = z.infer<typeof issue>;

const change = z.object({
  createdAt: at,
  actor: person,
  fromState: state,
  toState: state,
  fromDueDate: day,
  toDueDate: day,
});
export type Change = z.infer<typeof change>;

const someId = z.object({ id: z.string() }).nullish();
const assignment = z.object({ createdAt: at, actor: account.nullish(), fromAssignee: someId, toAssignee: someId });
export const assignments = z.object({
  issue: z.object({ history: z.object({ nodes: z.array(assignment), pageInfo: page }) }),
});
export const accounts = z.object({ users: z.object({ nodes: z.array(account) }) });
const label = z.object({ id: z.string(), name: z.string() });
export const labels = z.object({
  issue: z.object({ team: z.object({ id: z.string(), labels: z.object({ nodes: z.array(label) }) }) }),
});
export const labelCreated = z.object({ issueLabelCreate: z.object({ issueLabel: z.object({ id: z.string() }) }) });
export const labelAdded = z.object({ issueAddLabel: z.object({ success: z.boolean() }) });
export const labelRemoved = z.object({ issueRemoveLabel: z.object({ success: z.boolean() }) });

export const introduced = z.object({
  viewer: z.object({ displayName: z.string() }),
  organization: z.object({ urlKey: z.string() }),
  teams: z.object({
    nodes: z.array(z.object({ key: z.string(), issues: z.object({ nodes: z.array(issue) }) })),
  }),
});
export const withHistory = z.object({
  issue: issue.extend({ history: z.object({ nodes: z.array(change), pageInfo: page }) }),
});
export const issuePage = z.object({
  teams: z.object({ nodes: z.array(z.object({ issues: z.object({ nodes: z.array(issue), pageInfo: page }) })) }),
});
/** The same, with all that Linear says of each. */
export const historyPage = z.object({
  teams: z.object({
    nodes: z.array(z.object({ issues: z.object({ nodes: z.array(z.looseObject({})), pageInfo: page }) })),
  }),
});
export const teamId = z.object({ teams: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
export const created = z.object({ issueCreate: z.object({ issue }) });
export const updated = z.object({ issueUpdate: z.object({ issue }) });
export const states = z.object({
  issue: z.object({
    team: z.object({
      states: z.object({ nodes: z.array(z.object({ id: z.string(), type: z.string(), position: z.number() })) }),
    }),
  }),
});
export const commented = z.object({ commentCreate: z.object({ comment: z.object({ id: z.string() }) }) });
export const edited = z.object({ commentUpdate: z.object({ comment: z.object({ id: z.string() }) }) });
export const commentPage = z.object({
  issue: z.object({
    comments: z.object({
      nodes: z.array(z.object({ id: z.string(), body: z.string(), user: person })),
      pageInfo: page,
    }),
  }),
});
