import type { Server } from 'node:http';
import { messagesWithBareImages, textlessMessages } from '../audit/accessibility.ts';
import { notificationsOf } from '../audit/notifications.ts';
import { passTime } from '../clock/pass-time.ts';
import { checkSsl } from '../delivery/check-ssl.ts';
import { PING_EVERY_MS } from '../delivery/socket-transport.ts';
import { newTrigger } from '../delivery/subjects.ts';
import { verifyUrl } from '../delivery/verify-url.ts';
import { createPerson } from '../driver/create-person.ts';
import { addToWorkspace, takeFromWorkspace } from '../oauth/give-workspace.ts';
import { setTokenRotation } from '../oauth/set-token-rotation.ts';
import { uninstall } from '../oauth/uninstall.ts';
import { messagesFor, snapshotFor } from '../page/server/snapshot.ts';
import { administrationOf } from '../people/administer.ts';
import { findPerson } from '../people/find-person.ts';
import { installRival } from '../people/install-rival.ts';
import { createResponseUrl } from '../response-urls/create-response-url.ts';
import { restore, saved } from '../state/saved-state.ts';
import type { StateFile } from '../state/state-file.ts';
import { addIncomingWebhook } from '../webhooks/incoming-webhook.ts';
import type { Engine } from './engine.ts';
import type { Sandbox } from './sandbox.ts';

type Around = {
  server: Server;
  mounted: Set<Parameters<Sandbox['mount']>[0]>;
  store: StateFile | undefined;
};

/** Every workspace as it was at the beginning; its app keeps its credentials. */
function resetAll(engine: Engine): void {
  for (const workspace of engine.everyWorkspace()) {
    const state = workspace.seedAgain();
    const { manifest: _manifest, name: _name, botUserId: _botUserId, ...kept } = workspace.state.app;
    Object.assign(state.app, kept);
    const bot = state.users.get(state.app.botUserId);
    if (bot) bot.botId = kept.botId;
    state.lastMicros = Math.max(state.lastMicros, workspace.state.lastMicros);
    workspace.state = state;
  }
  engine.changed({ kind: 'reset' });
}

/** The public face of a running engine. */
export function sandboxOver(engine: Engine, { server, mounted, store }: Around): Sandbox {
  const { audit } = engine;
  return {
    ...administrationOf(engine),
    origin: engine.origin,
    apiUrl: `${engine.origin}/api/`,
    server,
    clock: engine.clock,
    get app() {
      return engine.state.app;
    },
    get botToken() {
      return engine.state.app.botToken;
    },
    get appToken() {
      return engine.state.app.appToken;
    },
    get signingSecret() {
      return engine.state.app.signingSecret;
    },

    person(nameOrId) {
      const user = findPerson(engine.state, nameOrId);
      if (user.deleted) throw new Error(`the account of ${user.name} is deactivated`);
      if (user.isInvited) throw new Error(`${user.name} has not accepted the invitation yet`);
      return createPerson(engine, user);
    },
    people: () =>
      [...engine.state.users.values()]
        .filter((user) => !user.isBot && user.id !== 'USLACKBOT' && !user.deleted && !user.isInvited)
        .map((user) => createPerson(engine, user)),
    handles({ user, channel, view }) {
      const triggerId = newTrigger(engine, { user, channel, ...(view === undefined ? {} : { viewId: view }) });
      const trigger = engine.state.triggers.get(triggerId);
      if (trigger) trigger.createdAtReal = Number.POSITIVE_INFINITY;
      return { triggerId, responseUrl: createResponseUrl(engine, { user, channel, source: 'command' }) };
    },
    settled: () => engine.activity.settled(),
    beginWork: () => engine.activity.begin(),
    passTime: (until) => passTime(engine, Number(until)),
    async close() {
      await store?.close();
      await engine.transport.close();
      engine.clock.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },

    faults: engine.faults,
    audit: {
      calls: (method) => audit.calls.all().filter((call) => method === undefined || call.method === method),
      deliveries: (type) => audit.deliveries.all().filter((entry) => type === undefined || entry.type === type),
      notifications: (ref) => {
        const message = engine.state.message(ref);
        return message ? notificationsOf(engine, message) : [];
      },
      textless: () => structuredClone(textlessMessages(engine)),
      imagesWithoutAlt: () => structuredClone(messagesWithBareImages(engine)),
      brokenRules: () => [...audit.brokenRules.all()],
      clear: () => audit.clear(),
    },
    sockets: {
      count: () => engine.sockets?.count() ?? 0,
      pingEveryMs: PING_EVERY_MS,
      refresh: () => engine.sockets?.disconnect('refresh_requested'),
      warn: () => engine.sockets?.disconnect('warning'),
      cut: () => engine.sockets?.cut(),
      disableLink() {
        if (!engine.sockets) return;
        engine.sockets.enabled = false;
        engine.sockets.disconnect('link_disabled');
      },
      enableLink() {
        if (engine.sockets) engine.sockets.enabled = true;
      },
    },

    verifyUrl: () => verifyUrl(engine),
    checkSsl: () => checkSsl(engine),
    setEditWindow(minutes) {
      engine.editWindowMs = minutes === undefined ? undefined : minutes * 60_000;
    },
    settings: () => ({
      rateLimits: engine.limiter.profile,
      fileProcessingMs: engine.fileProcessingMs,
      missingBlocks: [...engine.missingBlocks],
    }),
    setFileProcessing(ms) {
      engine.fileProcessingMs = ms;
    },
    setMissingBlocks(types) {
      engine.missingBlocks = new Set(types);
    },
    get clientId() {
      return engine.state.app.clientId;
    },
    get clientSecret() {
      return engine.state.app.clientSecret;
    },
    get team() {
      return engine.state.team;
    },
    organisation: engine.organisation,
    workspaces: () => engine.everyWorkspace().map(({ state }) => state.team),
    workspace(domain) {
      const found = engine
        .everyWorkspace()
        .find(({ state }) => state.team.domain === domain || state.team.id === domain);
      if (!found) throw new Error(`there is no workspace "${domain}"`);
      return found === engine ? this : sandboxOver(found, { server, mounted, store: undefined });
    },
    isInstalled: () => engine.vault.isInstalled(engine.state.team.id),
    addAppFromOrganisation: () => addToWorkspace(engine),
    takeAppFromOrganisation: () => takeFromWorkspace(engine),
    uninstallApp: () => uninstall(engine),
    setDelayedEvents(on) {
      engine.delayedEvents = on;
    },
    setTokenRotation: (on) => setTokenRotation(engine, on),
    addIncomingWebhook: (channel) => addIncomingWebhook(engine, channel),
    installRival: (name, commands) => installRival(engine, name, commands),
    switchEventsOn: () => engine.eventHealth.switchOn(),
    setEventVolume: (events) => engine.eventMeter.limit(events),
    setRateLimits: (profile) => engine.limiter.setProfile(profile),
    message: (ref) => structuredClone(engine.state.message(ref)),
    channel: (nameOrId) => engine.state.channelByNameOrId(nameOrId),
    user: (nameOrId) => engine.state.userByNameOrId(nameOrId),
    onChange: (listener) => engine.onChange(listener),
    snapshot: (userId) => snapshotFor(engine, userId),
    messages: (userId, channelId, options) => messagesFor(engine, userId, channelId, options),
    file(id) {
      const file = engine.state.files.get(id);
      return file?.bytes ? { name: file.name, mimetype: file.mimetype, bytes: file.bytes } : undefined;
    },
    reset: async () => resetAll(engine),
    save: () => structuredClone(saved(engine)),
    load: async (value) => restore(engine, structuredClone(value)),
    mount: (serve) => void mounted.add(serve),
  };
}
