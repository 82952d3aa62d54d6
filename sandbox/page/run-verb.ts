import type { ClickTarget, FillValue, OwnFile, Person, PressTarget } from '../driver/person.ts';
import type { Sandbox } from '../engine/sandbox.ts';
import type { MessageRef, View } from '../state/model.ts';
import { inText } from '../text/in-text.ts';
import type { SentFile } from './sent-file.ts';

type Args = Record<string, unknown>;
type Verb = (person: Person, args: Args) => unknown;

function optionalText(args: Args, key: string): string | undefined {
  const value = args[key] ?? undefined;
  if (typeof value === 'object') throw new Error(`"${key}" must be text, not ${inText(value)}.`);
  return value === undefined ? undefined : String(value);
}

const text = (args: Args, key: string) => optionalText(args, key) ?? '';
const messageRef = (args: Args): MessageRef => ({ channel: text(args, 'channel'), ts: text(args, 'ts') });

function findView(person: Person, args: Args): View {
  const id = text(args, 'view');
  const view: View | undefined = person.modalStack().find((modal) => modal.id === id);
  const home = person.home();
  if (view) return view;
  if (home?.id === id) return home;
  throw new Error('That view is no longer open.');
}

const surface = (person: Person, args: Args) => (args.view === undefined ? messageRef(args) : findView(person, args));

const verbs: Record<string, Verb> = {
  slash: (person, args) =>
    person.slash(text(args, 'text'), { channel: text(args, 'channel'), thread: optionalText(args, 'thread') }),
  say: (person, args) =>
    person.say(text(args, 'to'), text(args, 'text'), { thread: optionalText(args, 'thread'), files: files(args) }),
  schedule: (person, args) => person.schedule(text(args, 'to'), text(args, 'text'), new Date(text(args, 'at'))),
  edit: (person, args) => person.edit(messageRef(args), text(args, 'text')),
  remove: (person, args) => person.remove(messageRef(args)),
  react: (person, args) => person.react(messageRef(args), text(args, 'emoji')),
  joinChannel: (person, args) => person.joinChannel(text(args, 'channel')),
  leaveChannel: (person, args) => person.leaveChannel(text(args, 'channel')),
  invite: (person, args) => person.invite(text(args, 'channel'), text(args, 'user')),
  archiveChannel: (person, args) => person.archiveChannel(text(args, 'channel')),
  unarchiveChannel: (person, args) => person.unarchiveChannel(text(args, 'channel')),
  deactivate: (person, args) => person.deactivate(text(args, 'user')),
  reactivate: (person, args) => person.reactivate(text(args, 'user')),
  click: (person, args) =>
    person.click(surface(person, args), args.target as ClickTarget, { confirm: args.confirm === true }),
  press: (person, args) =>
    person.press(messageRef(args), args.target as PressTarget, { confirm: args.confirm === true }),
  messageShortcut: (person, args) => person.messageShortcut(messageRef(args), text(args, 'callbackId')),
  globalShortcut: (person, args) => person.globalShortcut(text(args, 'callbackId')),
  openAssistant: (person, args) => person.openAssistant(optionalText(args, 'beside')),
  lookAt: (person, args) => person.lookAt(messageRef(args), text(args, 'beside')),
  runStep: (person, args) =>
    person.runStep(text(args, 'callbackId'), (args.inputs ?? {}) as Parameters<Person['runStep']>[1]),
  openEntity: (person, args) => person.openEntity(messageRef(args), text(args, 'id')),
  dismiss: (person, args) => person.dismiss(messageRef(args)),
  openHome: (person) => person.openHome(),
  openMessagesTab: (person) => person.openMessagesTab(),
  fill: (person, args) => person.fill(findView(person, args), filled(args.values as Record<string, SentValue>)),
  pressEnter: (person, args) => person.pressEnter(findView(person, args), text(args, 'block')),
  searchOptions: (person, args) =>
    person.searchOptions(surface(person, args), text(args, 'actionId'), text(args, 'query')),
  pick: (person, args) =>
    person.pick(surface(person, args), text(args, 'actionId'), text(args, 'query'), optionalText(args, 'choose')),
  submit: (person, args) => person.submit(findView(person, args)),
  cancel: (person, args) => atOnce(person.cancel(findView(person, args))),
  closeAll: (person) => atOnce(person.closeAll()),
  markRead: (person, args) => person.markRead(text(args, 'channel')),
};

/** Lets a person of the sandbox do what the page's user just did: the same verbs that tests use. */
export async function runVerb(sandbox: Sandbox, as: string, verb: string, args: Args): Promise<unknown> {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!run) throw new Error(`Nobody can '${verb}' here.`);
  return run(sandbox.person(as), args);
}

type SentValue = FillValue | SentFile[];

const ownFile = ({ name, base64 }: SentFile): OwnFile => ({ name, bytes: Buffer.from(base64, 'base64') });

const files = (args: Args) => (args.files as SentFile[] | undefined)?.map(ownFile);

function filled(values: Record<string, SentValue>): Record<string, FillValue> {
  const isSent = (value: SentValue): value is SentFile[] =>
    Array.isArray(value) && value.some((entry) => typeof entry === 'object' && 'base64' in entry);
  const own = ([key, value]: [string, SentValue]) => [key, isSent(value) ? value.map(ownFile) : value];
  return Object.fromEntries(Object.entries(values).map(own));
}

// What is closed is closed, however long the app takes to hear of it.
async function atOnce(closing: Promise<void>): Promise<void> {
  closing.catch(() => {});
  await Promise.race([closing, new Promise((resolve) => setImmediate(resolve))]);
}
