import type { DeliveryRecord } from '../audit/records.ts';
import type { Actor } from '../driver/actor.ts';
import type { Engine } from '../engine/engine.ts';
import { addMessage } from '../messages/add-message.ts';
import type { Channel } from '../state/model.ts';

/** Another app comes into the workspace with commands of its own, of which some may be those of ours. */
export function installRival(engine: Engine, name: string, commands: string[]): void {
  for (const command of commands) engine.state.rivals.set(command, name);
}

/** The other app answers; ours hears nothing, so the auditor keeps no delivery. */
export function callRival({ engine, user }: Actor, channel: Channel, command: string, name: string): DeliveryRecord {
  const text = `${name} took ${command}.`;
  addMessage(engine, channel, { user: 'USLACKBOT', username: name, text, ephemeralTo: user.id });
  return {
    id: engine.audit.nextId(),
    team: engine.state.team.id,
    kind: 'command',
    type: 'slash_command',
    payload: { command },
    at: engine.clock.now(),
    attempt: 0,
    outcome: 'acked',
    detail: `${name} was installed later and has ${command} too`,
  };
}
