import type { Block, StateValues, TextObject } from '../blocks/block.ts';
import type { Role } from '../people/roles.ts';
import type { Manifest, Prompt } from '../seed/manifest.ts';
import type { Json } from '../text/json.ts';

/** What the sandbox remembers. Instants are epoch milliseconds of the sandbox clock unless a name says otherwise. */

export type Organisation = { id: string; name: string; domain: string };

export type Team = { id: string; name: string; domain: string };

export type User = {
  id: string;
  name: string;
  realName: string;
  timeZone: string;
  email: string;
  locale: string;
  role: Role;
  /** The workspace the person belongs to: this one, another of its organisation, or one of another organisation. */
  team: string;
  /** Of another organisation, met in a channel that is shared with it. */
  isExternal: boolean;
  /** Has not accepted the invitation yet. */
  isInvited?: boolean;
  /** What the organisation says of the person; the id may be W… beside a local U…. */
  enterprise?: { id?: string; isAdmin?: boolean; isOwner?: boolean };
  isBot: boolean;
  /** Set for bot users only. */
  botId?: string;
  deleted: boolean;
};

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export type Channel = {
  id: string;
  kind: ChannelKind;
  /** Without '#'; empty for an im. */
  name: string;
  members: Set<string>;
  /** Workspaces of other organisations that it is shared with. */
  connectedTeams: string[];
  creator: string;
  createdAt: number;
  archived: boolean;
  topic: string;
  purpose: string;
  pins: Set<string>;
  bookmarks: Bookmark[];
  /** What the app offers to ask where no thread is open yet. */
  prompts?: Pick<ThreadNotes, 'prompts' | 'promptsTitle'>;
};

export type Bookmark = { id: string; title: string; link: string; emoji?: string };

/** People that can be mentioned together, as @handle. */
export type UserGroup = {
  id: string;
  name: string;
  handle: string;
  description: string;
  users: string[];
  disabled: boolean;
};

export type Metadata = { event_type: string; event_payload: { [key: string]: Json } };

export type Reaction = { name: string; users: string[] };

export type Message = {
  channel: string;
  ts: string;
  /** The parent's ts; a parent with replies carries its own ts here, as Slack does. */
  threadTs?: string;
  user: string;
  botId?: string;
  appId?: string;
  /** Set by chat:write.customize. */
  username?: string;
  iconUrl?: string;
  iconEmoji?: string;
  subtype?: string;
  text: string;
  blocks?: Block[];
  attachments?: { [key: string]: unknown }[];
  metadata?: Metadata;
  edited?: { user: string; ts: string };
  /** Seen by this user alone, and not part of the history. */
  ephemeralTo?: string;
  /** A thread reply that is shown in the channel too. */
  broadcast?: boolean;
  replyCount: number;
  replyUsers: string[];
  latestReply?: string;
  reactions: Reaction[];
  files: string[];
  /** What people chose in the selects and pickers of this message. */
  values?: StateValues;
  /** What the client of a person adds to what they typed. */
  typed?: { blockId: string; clientMsgId: string };
  /** Blocks were sent without a top-level text. */
  textless?: boolean;
  parse?: string;
  /** block_id:action_id of a control whose click the app did not acknowledge. */
  trouble?: string;
  /** The app is still adding to it, and this is how its tasks are shown. */
  streaming?: 'timeline' | 'plan';
  /** The step of a workflow that posted it. */
  execution?: string;
  /** What the app says about the thread that this message begins. */
  thread?: ThreadNotes;
  /** Things of the app's own world that the message is about. */
  entities?: Entity[];
};

/** An app's words about a thread that it answers as an assistant. */
export type ThreadNotes = {
  title?: string;
  /** 'is thinking…', until the app posts. */
  status?: string;
  prompts?: Prompt[];
  promptsTitle?: string;
};

/** A work object as an app describes it: entity_type, external_ref, url, entity_payload. */
export type Entity = { entity_type: string; external_ref?: { id: string; type?: string }; [key: string]: unknown };

/** What an app shows somebody who opened an entity. */
export type EntityDetails = { entity?: Entity; error?: { [key: string]: unknown }; authUrl?: string };

/** One run of a function that the manifest declares, as a step of a workflow. */
export type Execution = {
  id: string;
  callbackId: string;
  inputs: { [name: string]: unknown };
  user: string;
  /** The token that is good for this step alone. */
  token: string;
  state: 'running' | 'succeeded' | 'failed';
  outputs?: { [name: string]: unknown };
  error?: string;
};

/** Enough of a message to find it again. */
export type MessageRef = Pick<Message, 'channel' | 'ts'>;

export type View = {
  id: string;
  type: 'modal' | 'home';
  /** Who looks at it. */
  user: string;
  callbackId: string;
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  blocks: Block[];
  privateMetadata: string;
  externalId: string;
  hash: string;
  rootViewId: string;
  previousViewId?: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  submitDisabled: boolean;
  values: StateValues;
  /** block_id -> text under that input. */
  errors: { [blockId: string]: string };
  /** The red banner of a submission or click that went wrong. */
  banner?: string;
  /** A submission is on its way. */
  pending: boolean;
  /** Where the person was when the modal opened. */
  openedIn?: string;
  /** The step of a workflow that opened it. */
  execution?: string;
};

export type ModalView = View & { type: 'modal' };
export type HomeView = View & { type: 'home' };

export type App = {
  id: string;
  name: string;
  manifest: Manifest;
  botUserId: string;
  botId: string;
  botToken: string;
  appToken: string;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  verificationToken: string;
  scopes: string[];
};

export type ChangeKind =
  | { kind: 'message'; channel: string; ts: string }
  | { kind: 'message_deleted'; channel: string; ts: string }
  | { kind: 'channel'; channel: string }
  | { kind: 'modal'; user: string }
  | { kind: 'home'; user: string }
  | { kind: 'entity'; user: string }
  | { kind: 'execution'; execution: string }
  | { kind: 'read'; user: string; channel: string }
  | { kind: 'person'; user: string }
  | { kind: 'usergroups' }
  | { kind: 'file'; file: string }
  | { kind: 'call'; id: number }
  | { kind: 'delivery'; id: number }
  | { kind: 'broken_rule' }
  | { kind: 'faults' }
  | { kind: 'clock' }
  | { kind: 'sockets' }
  | { kind: 'reset' };
