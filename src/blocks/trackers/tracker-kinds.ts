import type { TrackerKind } from '../../domain/trackers/tracker.ts';
import { LEAD_ACTIONS } from '../kit/ids.ts';

type Ask = { label: string; hint: string };

type TrackerWords = {
  /** The button that opens its form. */
  connect: string;
  /** What holds tickets there, and how it is named. */
  place: Ask;
  /** Asked for where every team has an address of its own. */
  site?: Ask;
  email?: Ask;
  token: Ask;
  /** Asked for where an app can stand in place of the token. */
  app?: { id: Ask; installation: Ask; key: Ask };
  /** Whether it makes the secret of its webhooks by itself. */
  givesSecret: boolean;
  setUp: string;
};

/** How each kind is connected. */
export const TRACKER_WORDS: Record<TrackerKind, TrackerWords> = {
  github: {
    connect: LEAD_ACTIONS.connectGithub,
    place: { label: 'Repository', hint: 'As its address says it: acme/api.' },
    token: {
      label: 'Token',
      hint: 'Of an account for this alone: it writes issues and pull requests, reads contents and deployments. It is stored encrypted and never shown.',
    },
    app: {
      id: {
        label: 'Or a GitHub App: its App ID',
        hint: 'In place of a token. It stands at the top of the settings of the app.',
      },
      installation: {
        label: 'Its installation',
        hint: 'The number that the address ends with where the app is installed.',
      },
      key: {
        label: 'Its private key',
        hint: 'All of the file that GitHub made, BEGIN and END included. It is stored encrypted and never shown.',
      },
    },
    givesSecret: false,
    setUp:
      'For changes to arrive at once, add a webhook in the repository’s settings with both: content type application/json, events Issues, Pull requests, Releases and Deployment statuses.',
  },
  linear: {
    connect: LEAD_ACTIONS.connectLinear,
    place: { label: 'Team', hint: 'Its key, which its issues begin with: ENG.' },
    token: {
      label: 'API key',
      hint: 'Of an account for this alone, that may read and write in this team. It is stored encrypted and never shown.',
    },
    givesSecret: true,
    setUp:
      'For changes to arrive at once, an admin adds a webhook in Linear’s settings, API: this address, Issues of this team. Then bring back the signing secret that it shows: Look, beside the team, asks for it.',
  },
  jira: {
    connect: LEAD_ACTIONS.connectJira,
    site: { label: 'Site', hint: 'Its address: https://acme.atlassian.net.' },
    place: { label: 'Project', hint: 'Its key, which its issues begin with: OPS.' },
    email: { label: 'E-mail of the account', hint: 'For Jira Cloud. Leave it empty for Data Center.' },
    token: {
      label: 'API token, or personal access token',
      hint: 'Of an account for this alone, that may create, edit and move issues there. It is stored encrypted and never shown.',
    },
    givesSecret: false,
    setUp:
      'For changes to arrive at once, an administrator adds a webhook in Jira’s settings, System, Webhooks, with both: Issue created and updated, of this project.',
  },
};
