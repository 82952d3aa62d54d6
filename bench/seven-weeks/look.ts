import type { Person } from '../../sandbox/driver/person.ts';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import { claimsOfCard, claimsOfHome, claimsOfLines } from './claims-of-items.ts';
import { type Held, holdClaims, type Moment } from './hold.ts';
import type { Log } from './log.ts';
import { CHANNEL, shownText } from './said.ts';

/** Somebody opens App Home, the list and two cards; each is held against the log. */
export async function lookAround(
  held: Held,
  moment: Moment,
  { sandbox, log, random }: { sandbox: Sandbox; log: Log; random: () => number },
): Promise<void> {
  const people = sandbox.people();
  const person = people[Math.floor(random() * people.length)];
  if (!person || log.defects.length === 0) return;
  await person.openHome();
  await sandbox.settled();
  const home = shownText(person.home() ?? {});
  holdClaims(held, moment, 'App Home', home, claimsOfHome(home, person.id, log, moment.now));
  const list = await answerTo(sandbox, person, '/defect list');
  holdClaims(held, moment, 'list', list, claimsOfLines(list, log, moment.now));
  for (const { number } of [log.open, log.defects].flatMap((some) => some[Math.floor(random() * some.length)] ?? [])) {
    const card = await answerTo(sandbox, person, `/defect show ${number}`);
    holdClaims(held, moment, 'card', card, claimsOfCard(card, log, moment.now));
  }
}

async function answerTo(sandbox: Sandbox, person: Person, command: string): Promise<string> {
  await person.slash(command, { channel: CHANNEL });
  await sandbox.settled();
  const answer = person.messages(CHANNEL).findLast(({ ephemeralTo }) => ephemeralTo === person.id);
  return answer ? shownText(answer) : '';
}
