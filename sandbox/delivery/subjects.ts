import type { Engine } from '../engine.ts';
import type { Channel } from '../model.ts';
import { enterpriseOf, isOrgInstall } from '../oauth/organisation.ts';
import type { Trigger } from '../pending.ts';

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

export function userSubject(engine: Engine, userId: string) {
  const name = engine.state.users.get(userId)?.name ?? userId;
  return { id: userId, username: name, name, team_id: engine.state.team.id };
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
  triggers.set(id, { ...about, id, createdAt: now, createdAtReal: performance.now(), used: false });
  return id;
}
