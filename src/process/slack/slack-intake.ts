import type { HTTPReceiverOptions, Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { type Logger, quietLogger } from '../../log.ts';
import { httpIntake } from '../../requests/http-intake.ts';
import type { SlackConfig } from '../../slack-config.ts';
import type { HealthRoute } from '../../telemetry/health-server.ts';
import { socketConnection } from './socket-connection.ts';

/** Where Slack's requests come in. */
export type SlackIntake = {
  receiver: Receiver;
  isConnected: () => boolean;
  stop: (deadlineMs: number) => Promise<unknown>;
};

/** Over a socket, or over HTTP with `routes` beside. `requestNow` is what the age of a signed request is told by. */
export function slackIntake(options: {
  slack: Exclude<SlackConfig, { kind: 'sandbox' }>;
  network: WebClientOptions;
  /** Bolt's own installer, where workspaces install the app themselves. */
  installer: Partial<HTTPReceiverOptions>;
  routes: readonly HealthRoute[];
  requestNow: () => Date;
  random: () => number;
  log: Logger;
}): SlackIntake {
  const { slack, network, random, log } = options;
  if (slack.kind === 'socket') return socketConnection({ appToken: slack.appToken, network, random, log });
  const { signingSecret } = slack;
  const http = { ...options.installer, signingSecret, logger: quietLogger(log), customRoutes: [...options.routes] };
  const receiver = httpIntake(http, options.requestNow);
  return { receiver, isConnected: () => true, stop: () => receiver.stop() };
}
