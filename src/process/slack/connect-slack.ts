import { Server } from 'node:http';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Db } from '../../db/engine/client.ts';
import type { KeyRing } from '../../db/engine/sealed.ts';
import { createPostingClient } from '../../delivery/slack-client.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { askSlackForTokens } from '../../installations/ask-for-tokens.ts';
import { installationStore } from '../../installations/installation-store.ts';
import { installerOptions } from '../../installations/installer.ts';
import { type Renewing, renewExpiring } from '../../installations/renew-token.ts';
import {
  type ClientOf,
  clientsOf,
  installedWorkspaces,
  oneWorkspace,
  type Workspaces,
} from '../../installations/workspaces.ts';
import { type Logger, quietLogger } from '../../log.ts';
import { SlackApp, type Watching } from '../../requests/slack-app.ts';
import type { SlackConfig } from '../../slack-config.ts';
import type { HealthRoute } from '../../telemetry/health-server.ts';
import { CONNECTION_LIMITS, type ConnectionLimits, limitConnections } from '../connection-limits.ts';
import { slackProblem } from '../start-problem.ts';
import { introduce } from './introduce.ts';
import { slackIntake } from './slack-intake.ts';

// A form has to be open three seconds after the click.
const INTERACTIVE_TIMEOUT_MS = 2_500;

/** How the bot and Slack reach each other: one workspace with a token of ours, or each that has installed the app. */
export type SlackConnection = {
  app: SlackApp;
  isConnected: () => boolean;
  /** The workspaces that are served. */
  list: Workspaces['list'];
  /** For what somebody waits for: it gives up soon. */
  clientOf: ClientOf;
  /** For what is sent. */
  postingClientOf: ClientOf;
  /** Whether workspaces come and go, so that none may hold up the others. */
  servesMany: boolean;
  /** Renews the tokens that are about to end. */
  renewTokens: () => Promise<void>;
  /** Learns which workspace the token is of, and lets requests in. Throws a StartProblem where Slack refuses. */
  open: (port: number, limits?: ConnectionLimits) => Promise<void>;
  stop: (deadlineMs: number) => Promise<unknown>;
};

export type SlackOptions = {
  slack: Exclude<SlackConfig, { kind: 'sandbox' }>;
  slackApiUrl: string | undefined;
  publicUrl: string | undefined;
  routes: readonly HealthRoute[];
  requestNow: () => Date;
  wallNow: () => Date;
  random: () => number;
  /** How long a post may take; what production needs unless given. */
  postTimeoutMs: number | undefined;
  db: Db;
  keys: KeyRing;
  clock: Clock;
  log: Logger;
};

export function connectSlack(
  options: SlackOptions,
  watching: Pick<Watching, 'elapsedMs' | 'observeAck'>,
): SlackConnection {
  const { slack, db, keys, clock, log, slackApiUrl, publicUrl, postTimeoutMs } = options;
  const network: WebClientOptions = { ...(slackApiUrl ? { slackApiUrl } : {}), logger: quietLogger(log) };
  const interactive = {
    ...network,
    timeout: INTERACTIVE_TIMEOUT_MS,
    retryConfig: { retries: 1 },
    rejectRateLimitedCalls: true,
  };
  const many = slack.kind === 'oauth' ? renewingOf(slack) : undefined;
  const installer =
    slack.kind === 'oauth' && many
      ? installerOptions({ app: slack, store: installationStore(many, options.wallNow), publicUrl, network })
      : {};
  const intake = slackIntake({ ...options, network, installer });
  const app = new SlackApp(
    {
      ...(slack.kind === 'oauth' ? {} : { token: slack.botToken }),
      receiver: intake.receiver,
      clientOptions: interactive,
      logger: quietLogger(log),
      convoStore: false,
      deferInitialization: true,
      extendedErrorHandler: true,
    },
    { db, clock, log, ...watching },
  );

  const served = Promise.withResolvers<Workspaces>();
  const tokens: Pick<Workspaces, 'tokenOf'> = { tokenOf: async (id) => (await served.promise).tokenOf(id) };
  return {
    app,
    isConnected: intake.isConnected,
    list: async () => (await served.promise).list(),
    clientOf: clientsOf(tokens, (token, teamId) => new WebClient(token, { ...interactive, teamId })),
    postingClientOf: clientsOf(tokens, (token, teamId) =>
      createPostingClient(token, { ...network, teamId, ...(postTimeoutMs ? { timeout: postTimeoutMs } : {}) }),
    ),
    servesMany: many !== undefined,
    renewTokens: async () => {
      if (many) await renewExpiring(many);
    },
    open: async (port, limits = CONNECTION_LIMITS) => {
      await app.init().catch(explain('SLACK_BOT_TOKEN'));
      if (many) served.resolve(installedWorkspaces(many));
      if (slack.kind !== 'oauth') {
        const workspaceId = await introduce(app, db, clock.now()).catch(explain('SLACK_BOT_TOKEN'));
        served.resolve(oneWorkspace(workspaceId, slack.botToken));
      }
      const server = await app.start(port, limits).catch(explain('SLACK_APP_TOKEN'));
      if (server instanceof Server) limitConnections(server, limits);
    },
    stop: intake.stop,
  };

  function renewingOf(oauth: { clientId: string; clientSecret: string }): Renewing {
    return { db, keys, clock, log, askForTokens: askSlackForTokens(oauth, network) };
  }
}

function explain(variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN') {
  return (error: unknown) => {
    throw slackProblem(error, variable) ?? error;
  };
}
