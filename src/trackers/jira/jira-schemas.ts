import { z } from 'zod';

// Jira writes +0000 where others write +00:00.
const at = z
  .string()
  .transform((text) => new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))
  .refine((date) => !Number.isNaN(date.getTime()), 'no instant');

/** An account: by its id on Jira Cloud, by its name on Data Center. */
export const account = z
  .object({
    accountId: z.string().optional(),
    name: z.string().optional(),
    displayName: z.string().optional(),
    emailAddress: z.string().optional(),
    accountType: z.string().optional(),
  })
  .nullish();
export type Account = z.infer<typeof account>;

const category = z.object({ key: z.string() });
export const status = z.object({ id: z.string(), name: z.string(), statusCategory: category });
export const statuses = z.array(status);

const history = z.object({
  created: at,
  author: account,
  items: z.array(z.object({ field: z.string(), from: z.string().nullish(), to: z.string().nullish() })),
});
export type History = z.infer<typeof history>;

export const issue = z.object({
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    description: z.string().nullish(),
    status,
    resolution: z.object({ name: z.string() }).nullish(),
    resolutiondate: at.nullish(),
    created: at,
    updated: at,
    duedate: z.iso.date().nullish(),
    reporter: account,
    assignee: account,
    labels: z.array(z.string()).default([]),
  }),
  changelog: z.object({ histories: z.array(history) }).optional(),
});
export type Issue = z.infer<typeof issue>;
export const FIELDS = [
  ...['summary', 'description', 'status', 'resolution', 'resolutiondate'],
  ...['created', 'updated', 'duedate', 'reporter', 'assignee', 'labels'],
];

/** A page of Jira Cloud has a token for the next one, a page of Data Center counts. */
export const issuePage = z.object({
  issues: z.array(issue),
  nextPageToken: z.string().nullish(),
  total: z.number().optional(),
});

/** What an export of Jira has, too. */
export const HISTORY_FIELDS = [
  ...FIELDS,
  'issuetype',
  'priority',
  'components',
  'environment',
  'statuscategorychangedate',
];
export const historyPage = issuePage.extend({ issues: z.array(z.looseObject({})) });

export const accounts = z.array(account.unwrap().unwrap());
export const me = account.unwrap().unwrap();
export const project = z.object({ key: z.string(), name: z.string() });

const issueType = z.object({ id: z.string(), name: z.string(), subtask: z.boolean().default(false) });
/** Jira Cloud calls them issueTypes, Data Center values. */
export const issueTypes = z
  .object({ issueTypes: z.array(issueType).optional(), values: z.array(issueType).optional() })
  .transform((given) => given.issueTypes ?? given.values ?? []);

export const created = z.object({ key: z.string() });

const transition = z.object({
  id: z.string(),
  name: z.string(),
  to: status,
  fields: z
    .record(
      z.string(),
      z.object({
        required: z.boolean().optional(),
        allowedValues: z.array(z.object({ name: z.string().optional() })).optional(),
      }),
    )
    .default({}),
});
export type Transition = z.infer<typeof transition>;
export const transitions = z.object({ transitions: z.array(transition) });

const comment = z.object({ id: z.string(), body: z.string(), author: account });
export const oneComment = comment.pick({ id: true });
export const commentPage = z.object({ comments: z.array(comment), total: z.number() });
