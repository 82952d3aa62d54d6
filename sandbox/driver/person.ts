import type { DeliveryRecord } from '../audit/records.ts';
import type { Option, OptionGroup } from '../blocks/block.ts';
import type { EntityDetails, Execution, HomeView, Message, MessageRef, ModalView, View } from '../state/model.ts';

/** Which control to use, and what to choose in it. */
export type ClickTarget = {
  actionId: string;
  /** Narrows down when several controls share the action_id. */
  blockId?: string;
  /** A button's value. */
  value?: string;
  /** A button's words. */
  text?: string;
  /** Value or words of the option to pick: overflow, selects, radio buttons. */
  option?: string;
  /** Values or words: multi selects and checkboxes. */
  options?: string[];
  /** Name or id of a person, or of a channel, to pick. */
  user?: string;
  users?: string[];
  channel?: string;
  channels?: string[];
  conversation?: string;
  conversations?: string[];
  /** YYYY-MM-DD, or '' to clear. */
  date?: string;
  /** HH:mm */
  time?: string;
  /** Epoch seconds. */
  dateTime?: number;
};

/** A button or a menu of a legacy attachment. */
export type PressTarget = {
  name: string;
  /** A button's value; what to pick in a menu, by its value or its words. */
  value?: string;
  /** A button's words. */
  text?: string;
  /** Which attachment, from 1 on, where several have the name. */
  attachment?: number;
};

export type ClickChoice = { /** The answer to the control's confirmation dialog. */ confirm?: boolean };

/** undefined when the confirmation dialog was declined and nothing was sent. */
export type ClickResult = DeliveryRecord | undefined;

export type SubmitResult = {
  kind: 'closed' | 'updated' | 'pushed' | 'cleared' | 'errors' | 'trouble';
  /** block_id -> text, for kind 'errors'. */
  errors: { [blockId: string]: string };
  /** The banner's words, for kind 'trouble'. */
  banner?: string;
  delivery: DeliveryRecord;
};

export type OwnFile = { name: string; bytes: Uint8Array };

/** As a person enters it: typed text, words or values of options, names or ids of people and channels, own files. */
export type FillValue = string | number | boolean | string[] | OwnFile[] | null;

export type Where = {
  /** A channel ('#general', 'general' or an id), or a person for a DM ('@ben', or the bot by its name). */
  in?: string;
  /** Only messages after this ts. */
  after?: string;
  timeoutMs?: number;
};

export type MessageWanted = string | RegExp | ((message: Message) => boolean);

/** What one person can do. Each verb refuses, with an Error that says why, what a human could not do. */
export interface Person {
  readonly id: string;
  readonly name: string;

  slash(text: string, where: { channel: string; thread?: string }): Promise<DeliveryRecord>;
  /** `to`: a channel, a person (DM), or the app's bot name for its DM. */
  say(to: string, text: string, options?: { thread?: string; files?: OwnFile[] }): Promise<Message>;
  /** Leaves a message to be sent at an instant of the sandbox clock. */
  schedule(to: string, text: string, at: Date): Promise<void>;
  edit(message: MessageRef, text: string): Promise<Message>;
  remove(message: MessageRef): Promise<void>;
  react(message: MessageRef, emoji: string): Promise<void>;
  joinChannel(channel: string): Promise<void>;
  leaveChannel(channel: string): Promise<void>;
  invite(channel: string, user: string): Promise<void>;
  /** Agrees to what the app's install link asks for; resolves with where the browser goes next. */
  allowApp(installUrl: string, options?: { wholeOrganisation?: boolean }): Promise<string>;
  archiveChannel(channel: string): Promise<void>;
  unarchiveChannel(channel: string): Promise<void>;
  /** Workspace admins and owners only. */
  deactivate(user: string): Promise<void>;
  reactivate(user: string): Promise<void>;

  click(on: MessageRef | View, target: string | ClickTarget, choice?: ClickChoice): Promise<ClickResult>;
  /** Presses a button, or picks from a menu, of a legacy attachment. */
  press(on: MessageRef, target: PressTarget, choice?: ClickChoice): Promise<ClickResult>;
  /** Opens a talk with an app that is an assistant; `beside` is the channel that stays open next to it. */
  openAssistant(beside?: string): Promise<Message>;
  /** Turns to another channel while the talk stays open. */
  lookAt(thread: MessageRef, beside: string): Promise<void>;
  /** Runs a function of the manifest, as a workflow with this step would. */
  runStep(callbackId: string, inputs?: { [name: string]: unknown }): Promise<Execution>;
  /** Resolves once the step has succeeded or failed. */
  stepDone(execution: Pick<Execution, 'id'>, options?: { timeoutMs?: number }): Promise<Execution>;
  /** A click on a work object that a message shows; `id` is that of its external_ref. */
  openEntity(message: MessageRef, id: string): Promise<void>;
  /** What the app shows of the object that was opened. */
  entityDetails(): EntityDetails | undefined;
  messageShortcut(message: MessageRef, callbackId: string): Promise<DeliveryRecord>;
  globalShortcut(callbackId: string): Promise<DeliveryRecord>;
  dismiss(ephemeral: MessageRef): Promise<void>;

  openHome(): Promise<HomeView | undefined>;
  openMessagesTab(): Promise<void>;
  home(): HomeView | undefined;
  homeClick(target: string | ClickTarget, choice?: ClickChoice): Promise<ClickResult>;

  /** Keys are block_ids or action_ids. Sends block_actions where the real client would. */
  fill(view: View, values: { [blockOrActionId: string]: FillValue }): Promise<void>;
  pressEnter(view: View, blockOrActionId: string): Promise<ClickResult>;
  /** Types into an external select and returns what the app offers. */
  searchOptions(on: View | MessageRef, actionId: string, query: string): Promise<Option[] | OptionGroup[]>;
  /** Searches, then picks the option with these words or this value (the query itself unless given). */
  pick(on: View | MessageRef, actionId: string, query: string, choose?: string): Promise<Option>;
  submit(view: View): Promise<SubmitResult>;
  /** The Cancel button or Escape: closes this view alone, unless it says clear_on_close. */
  cancel(view: View): Promise<void>;
  /** The X: closes the whole stack. */
  closeAll(): Promise<void>;

  currentModal(): ModalView | undefined;
  modalStack(): ModalView[];
  /** Messages this person can see in a channel or thread, oldest first, ephemerals included. */
  messages(channel: string, options?: { thread?: string }): Message[];
  markRead(channel: string): void;

  /** Resolves with the top modal once it matches; rejects after the sandbox's patience, 5 s of real time, unless told otherwise. */
  modal(
    wanted?: string | RegExp | ((view: ModalView) => boolean),
    options?: { timeoutMs?: number },
  ): Promise<ModalView>;
  /** Resolves once no modal is open. */
  noModal(options?: { timeoutMs?: number }): Promise<void>;
  /** Resolves with the newest matching message that this person can see; rejects in the end, listing what is visible. */
  sees(wanted: MessageWanted, where?: Where): Promise<Message>;
  /** Resolves once nothing visible matches, for instance after a deletion. */
  noLongerSees(wanted: MessageWanted, where?: Where): Promise<void>;
  seesHome(
    wanted?: string | RegExp | ((view: HomeView) => boolean),
    options?: { timeoutMs?: number },
  ): Promise<HomeView>;
}
