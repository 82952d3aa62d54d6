import { App, type Installation, type InstallationQuery } from '@slack/bolt';
import { manualClock } from '../../clock/clock.ts';
import type { Sandbox } from '../../engine/sandbox.ts';
import type { Seed } from '../../options.ts';
import type { Manifest } from '../../seed/manifest.ts';
import { startSandbox } from '../../start-sandbox.ts';
import { silent } from './quiet-workspace.ts';
import { freePort } from './running-app.ts';

export const scopes = ['commands', 'chat:write'];

export const pier: Seed = {
  team: { name: 'Pier', domain: 'pier' },
  users: [{ name: 'paula', realName: 'Paula Pier', timeZone: 'Europe/Lisbon', role: 'admin' }],
  channels: [{ name: 'general' }],
};

const installableManifest = (origin: string, { rotates = false, organisation }: InstallableOptions): Manifest => ({
  display_information: { name: 'Ferry' },
  features: { bot_user: { display_name: 'ferry' }, slash_commands: [{ command: '/ferry' }] },
  oauth_config: { redirect_urls: [`${origin}/slack/oauth_redirect`], scopes: { bot: scopes, user: ['users:read'] } },
  settings: {
    event_subscriptions: { bot_events: [...told] },
    interactivity: { is_enabled: true },
    token_rotation_enabled: rotates,
    org_deploy_enabled: organisation !== undefined,
  },
});

const told = ['app_uninstalled', 'tokens_revoked', 'team_access_granted', 'team_access_revoked'] as const;

export type InstallableOptions = { rotates?: boolean; organisation?: { name: string; domain: string } };

export type Installable = {
  sandbox: Sandbox;
  app: App;
  origin: string;
  stored: Map<string, Installation>;
  events: string[];
  stop(): Promise<void>;
};

/** A real Bolt app that nobody has installed yet, and two workspaces that could. */
export async function installableApp(options: InstallableOptions = {}): Promise<Installable> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const manifest = installableManifest(origin, options);
  const sandbox = await startSandbox({
    manifest,
    // Bolt compares expiry with the wall clock.
    clock: manualClock(new Date()),
    delivery: { kind: 'http', url: `${origin}/slack/events` },
    otherWorkspaces: [pier],
    installed: false,
    ...(options.organisation ? { organisation: options.organisation } : {}),
  });
  const stored = new Map<string, Installation>();
  const key = ({ teamId, enterpriseId, isEnterpriseInstall }: InstallationQuery<boolean>) =>
    (isEnterpriseInstall ? enterpriseId : teamId) ?? '';
  const { clientId, clientSecret, signingSecret } = sandbox;
  const app = new App({
    clientId,
    clientSecret,
    signingSecret,
    scopes,
    stateSecret: 'only a test knows it',
    redirectUri: `${origin}/slack/oauth_redirect`,
    installerOptions: {
      directInstall: true,
      redirectUriPath: '/slack/oauth_redirect',
      authorizationUrl: `${sandbox.origin}/oauth/v2/authorize`,
    },
    installationStore: {
      storeInstallation: async (installation) =>
        void stored.set(installation.team?.id ?? installation.enterprise?.id ?? '', installation as never),
      fetchInstallation: async (query) => {
        const found = stored.get(key(query));
        if (!found) throw new Error('not installed');
        return found as never;
      },
      deleteInstallation: async (query) => void stored.delete(key(query)),
    },
    clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } },
    logger: silent,
  });
  const events: string[] = [];
  app.command('/ferry', async ({ ack, client, body }) => {
    await ack();
    await client.chat.postMessage({ channel: body.user_id, text: `Aboard in ${body.team_domain}` });
  });
  for (const name of told)
    app.event(name, async ({ context }) => {
      events.push(name);
      if (!name.startsWith('team_'))
        stored.delete(String(context.isEnterpriseInstall ? context.enterpriseId : context.teamId));
    });
  await app.start(port);
  const stop = async () => {
    // A server that stops in the middle of an answer waits for its keep-alive to run out.
    await sandbox.settled();
    await app.stop();
    await sandbox.close();
  };
  return { sandbox, app, origin, stored, events, stop };
}

/** What a browser does from the app's install address to the end; `answer` is the button that is pressed. */
export async function installInBrowser(installable: Installable, who: string, answer: 'allow' | 'deny' = 'allow') {
  const manual = { redirect: 'manual' as const };
  const start = await fetch(`${installable.origin}/slack/install`, manual);
  const cookie = String(start.headers.get('set-cookie')).split(';')[0] ?? '';
  const asked = String(start.headers.get('location'));
  const page = await (await fetch(asked)).text();
  const agreed = await fetch(asked, { ...manual, method: 'POST', body: new URLSearchParams({ who, answer }) });
  const back = String(agreed.headers.get('location'));
  return { asked, page, back, finish: (headers = { cookie }) => fetch(back, { headers }) };
}
