import type { MessageRef, View } from '../model.ts';
import type { ClickTarget, FillValue, Person } from '../people/person.ts';
import type { Sandbox } from '../sandbox.ts';

type Args = Record<string, unknown>;
type Verb = (person: Person, args: Args) => unknown;

const text = (args: Args, key: string) => String(args[key] ?? '');
const optionalText = (args: Args, key: string) => (args[key] === undefined ? undefined : String(args[key]));
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
  edit: (person, args) => person.edit(messageRef(args), text(args, 'text')),
  remove: (person, args) => person.remove(messageRef(args)),
  react: (person, args) => person.react(messageRef(args), text(args, 'emoji')),
  joinChannel: (person, args) => person.joinChannel(text(args, 'channel')),
  leaveChannel: (person, args) => person.leaveChannel(text(args, 'channel')),
  invite: (person, args) => person.invite(text(args, 'channel'), text(args, 'user')),
  click: (person, args) =>
    person.click(surface(person, args), args.target as ClickTarget, { confirm: args.confirm === true }),
  messageShortcut: (person, args) => person.messageShortcut(messageRef(args), text(args, 'callbackId')),
  globalShortcut: (person, args) => person.globalShortcut(text(args, 'callbackId')),
  dismiss: (person, args) => person.dismiss(messageRef(args)),
  openHome: (person) => person.openHome(),
  openMessagesTab: (person) => person.openMessagesTab(),
  fill: (person, args) => person.fill(findView(person, args), args.values as Record<string, FillValue>),
  pressEnter: (person, args) => person.pressEnter(findView(person, args), text(args, 'block')),
  searchOptions: (person, args) =>
    person.searchOptions(surface(person, args), text(args, 'actionId'), text(args, 'query')),
  pick: (person, args) =>
    person.pick(surface(person, args), text(args, 'actionId'), text(args, 'query'), optionalText(args, 'choose')),
  submit: (person, args) => person.submit(findView(person, args)),
  cancel: (person, args) => person.cancel(findView(person, args)),
  closeAll: (person) => person.closeAll(),
  markRead: (person, args) => person.markRead(text(args, 'channel')),
};

/** Lets a person of the sandbox do what the page's user just did: the same verbs that tests use. */
export async function runVerb(sandbox: Sandbox, as: string, verb: string, args: Args): Promise<unknown> {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!run) throw new Error(`Nobody can '${verb}' here.`);
  return run(sandbox.person(as), args);
}

function files(args: Args): { name: string; bytes: Uint8Array }[] | undefined {
  const sent = args.files as { name: string; base64: string }[] | undefined;
  return sent?.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }));
}
