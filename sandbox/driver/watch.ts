import { textOfBlocks, visibleText } from '../blocks/visible-text.ts';
import type { ChangeKind, Channel, Execution, HomeView, Message, ModalView, View } from '../state/model.ts';
import { stackOf } from '../views/view-stack.ts';
import { type Actor, canSee, conversation } from './actor.ts';
import type { MessageWanted, Where } from './person.ts';

/** Looks now and after every change that could matter; gives up after real time, because a test must end. */
export function waitFor<Found>(
  { engine }: Actor,
  kinds: ChangeKind['kind'][],
  look: () => Found | undefined,
  failure: () => string,
  timeoutMs = engine.patienceMs,
): Promise<Found> {
  const found = look();
  if (found !== undefined) return Promise.resolve(found);
  return new Promise<Found>((resolve, reject) => {
    const stop = engine.onChange((change) => {
      if (!kinds.includes(change.kind)) return;
      const seen = look();
      if (seen === undefined) return;
      clearTimeout(timer);
      stop();
      resolve(seen);
    });
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`${failure()} (waited ${timeoutMs} ms)`));
    }, timeoutMs);
  });
}

function textOfView(view: View): string {
  return [view.title?.text, textOfBlocks(view.blocks), view.submit?.text, view.banner, ...Object.values(view.errors)]
    .filter(Boolean)
    .join('\n');
}

type Wanted<Thing> = string | RegExp | ((thing: Thing) => boolean);

function matcher<Thing>(
  wanted: Wanted<Thing> | undefined,
  textOf: (thing: Thing) => string,
): (thing: Thing) => boolean {
  if (wanted === undefined) return () => true;
  if (typeof wanted === 'function') return wanted;
  if (typeof wanted === 'string') return (thing) => textOf(thing).includes(wanted);
  return (thing) => wanted.test(textOf(thing));
}

const wordsFor = (wanted: unknown) => (typeof wanted === 'function' ? 'what is asked for' : `"${String(wanted)}"`);

export function awaitModal(actor: Actor, wanted?: Wanted<ModalView>, timeoutMs?: number): Promise<ModalView> {
  const { engine, user } = actor;
  const matches = matcher(wanted, textOfView);
  const look = () => {
    const top = stackOf(engine, user.id).at(-1);
    return top && matches(top) ? structuredClone(top) : undefined;
  };
  const failure = () => {
    const titles = stackOf(engine, user.id).map((view) => `"${view.title?.text}"`);
    return `${user.name} sees no modal${wanted === undefined ? '' : ` with ${wordsFor(wanted)}`}; open: ${titles.join(' > ') || 'none'}${lately(actor)}`;
  };
  return waitFor(actor, ['modal'], look, failure, timeoutMs);
}

export function awaitNoModal(actor: Actor, timeoutMs?: number): Promise<void> {
  const { engine, user } = actor;
  const look = () => (stackOf(engine, user.id).length === 0 ? true : undefined);
  const failure = () => `${user.name} still has "${stackOf(engine, user.id).at(-1)?.title?.text}" open`;
  return waitFor(actor, ['modal'], look, failure, timeoutMs).then(() => undefined);
}

export function awaitHome(actor: Actor, wanted?: Wanted<HomeView>, timeoutMs?: number): Promise<HomeView> {
  const { engine, user } = actor;
  const matches = matcher(wanted, textOfView);
  const look = () => {
    const home = engine.state.homes.get(user.id);
    return home && matches(home) ? structuredClone(home) : undefined;
  };
  const failure = () => {
    const home = engine.state.homes.get(user.id);
    return `${user.name}'s Home does not show ${wordsFor(wanted)}; it shows: ${home ? textOfView(home) : 'nothing'}${lately(actor)}`;
  };
  return waitFor(actor, ['home'], look, failure, timeoutMs);
}

/** The last refused calls and failed deliveries: mostly why something expected is not there. */
function lately({ engine }: Actor): string {
  const calls = engine.audit.calls
    .all()
    .filter((call) => !call.ok)
    .slice(-3);
  const deliveries = engine.audit.deliveries
    .all()
    .filter((entry) => entry.outcome !== 'acked')
    .slice(-3);
  const lines = [
    ...calls.map(
      (call) =>
        `${call.method} answered ${call.error ?? call.httpStatus} ${JSON.stringify(call.answer.response_metadata ?? '')}`,
    ),
    ...deliveries.map((entry) => `${entry.type}: ${entry.outcome} ${entry.detail ?? ''}`),
  ];
  return lines.length > 0 ? `\nlately: ${lines.join('\n        ')}` : '';
}

function places(actor: Actor, where: Where): Channel[] {
  if (where.in !== undefined) return [conversation(actor, where.in)];
  return [...actor.engine.state.channels.values()].filter((channel) => channel.members.has(actor.user.id));
}

/** The newest match over all the places. */
function newestMatch(actor: Actor, matches: (message: Message) => boolean, where: Where): Message | undefined {
  let newest: Message | undefined;
  for (const channel of places(actor, where))
    for (const message of actor.engine.state.log(channel.id).newestFirst()) {
      if ((where.after !== undefined && message.ts <= where.after) || (newest && message.ts <= newest.ts)) break;
      if (!canSee(actor, message) || !matches(message)) continue;
      newest = message;
      break;
    }
  return newest;
}

function listVisible(actor: Actor, where: Where): string {
  const lines = places(actor, where).flatMap((channel) => {
    const shown: string[] = [];
    for (const message of actor.engine.state.log(channel.id).newestFirst()) {
      if (shown.length === 10 || (where.after !== undefined && message.ts <= where.after)) break;
      const text = visibleText(message).replaceAll('\n', ' / ').slice(0, 300);
      const author = actor.engine.state.users.get(message.user)?.name;
      if (canSee(actor, message)) shown.unshift(`  ${channel.name || channel.id} ${author}: ${text}`);
    }
    return shown;
  });
  return lines.join('\n') || '  nothing';
}

export function awaitStep(actor: Actor, id: string, timeoutMs?: number): Promise<Execution> {
  const look = () => {
    const execution = actor.engine.state.executions.get(id);
    return execution && execution.state !== 'running' ? structuredClone(execution) : undefined;
  };
  return waitFor(actor, ['execution'], look, () => `the step ${id} is still running${lately(actor)}`, timeoutMs);
}

export function awaitMessage(actor: Actor, wanted: MessageWanted, where: Where = {}): Promise<Message> {
  const matches = matcher<Message>(wanted, visibleText);
  const look = () => {
    const message = newestMatch(actor, matches, where);
    return message && structuredClone(message);
  };
  const failure = () =>
    `${actor.user.name} does not see ${wordsFor(wanted)}; visible${where.in ? ` in ${where.in}` : ''}:\n${listVisible(actor, where)}${lately(actor)}\n`;
  return waitFor(actor, ['message', 'message_deleted'], look, failure, where.timeoutMs);
}

export function awaitNoMessage(actor: Actor, wanted: MessageWanted, where: Where = {}): Promise<void> {
  const matches = matcher<Message>(wanted, visibleText);
  const look = () => (newestMatch(actor, matches, where) ? undefined : true);
  const failure = () => `${actor.user.name} still sees ${wordsFor(wanted)}:\n${listVisible(actor, where)}`;
  return waitFor(actor, ['message', 'message_deleted'], look, failure, where.timeoutMs).then(() => undefined);
}
