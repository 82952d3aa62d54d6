import { signedRequest } from '../bench/kit/signed-request.ts';
import { bodyOf } from '../bench/tenancy/payload.ts';
import type { Request } from '../bench/tenancy/way.ts';
import type { RunningBot } from './running-bot.ts';

/** A request in somebody's name that no window of Slack would offer, signed as Slack signs it. */
export async function sendAs({ sandbox, bot, address }: RunningBot, name: string, request: Request): Promise<string> {
  const user = sandbox.user(name);
  if (!user) throw new Error(`There is nobody called ${name}.`);
  const { id } = sandbox.team;
  const sender = {
    ...{ userId: user.id, teamId: user.team, installedIn: id, windowOf: id, organisationId: null },
    ...{ isOrganisation: false, viewId: 'V0NEVEROPEN', messageTs: '1.000001' },
  };
  const signed = signedRequest(sandbox.signingSecret, bodyOf(request, sender, sandbox.origin));
  const response = await fetch(`${address}/slack/events`, signed);
  const text = await response.text();
  await bot.settled(60_000);
  return text;
}
