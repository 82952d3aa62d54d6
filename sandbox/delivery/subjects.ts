import type { Engine } from '../engine/engine.ts';
import { enterpriseOf, isOrgInstall } from '../oauth/organisation.ts';
import type { Channel } from '../state/model.ts';
import type { Trigger } from '../state/pending.ts';

/** The parts that Slack's interactive payloads share. */
export function envelope(engine: Engine) {
  const { app, team } = engine.state;
  return {
    token: app.verificationToken,
    team: { id: team.id, domain: team.domain },
    enterprise: enterpriseOf(engine),
    is_enterprise_install: isOrgInstall(engine),
    api_app_id: app.id,
  };
}

/** The same around a view: there team and enterprise are those of whoever looks at it. */
export function viewEnvelope(engine: Engine, userId: string) {
  const { users, connectedTeams } = engine.state;
  const user = users.get(userId);
  const usual = envelope(engine);
  const siblings = engine.everyWorkspace().map(({ state }) => state.team);
  const home = connectedTeams.get(user?.team ?? '') ?? siblings.find(({ id }) => id === user?.team);
  if (!user || !home) return usual;
  const enterprise = user.isExternal ? null : usual.enterprise;
  return { ...usual, team: { id: home.id, domain: home.domain }, enterprise };
}

export function userSubject(engine: Engine, userId: string) {
  const user = engine.state.users.get(userId);
  const name = user?.name ?? userId;
  return { id: userId, username: name, name, team_id: user?.team ?? engine.state.team.id };
}

export function channelSubject(channel: Channel) {
  const names = { public: channel.name, private: 'privategroup', mpim: channel.name, im: 'directmessage' };
  return { id: channel.id, name: names[channel.kind] };
}

export function newTrigger(engine: Engine, about: Pick<Trigger, 'user' | 'channel' | 'viewId' | 'entity'>): string {
  const now = engine.clock.now();
  const id = `${Math.floor(now)}.${Math.floor(engine.ids.random() * 1e10)}.${engine.ids.secret(32)}`;
  // Spent and dead ones are of no use but to word the error, and a thousand are plenty for that.
  const { triggers } = engine.state;
  if (triggers.size > 1000) {
    const oldest = triggers.keys().next().value;
    if (oldest) triggers.delete(oldest);
  }
  triggers.set(id, { ...about, id, createdAt: now, createdAtReal: engine.realNow(), used: false });
  return id;
}
