import type { Kind, Level } from './who-may.ts';
import type { Place } from './world.ts';

/** How it shows that somebody who may has got what they asked for. */
export type Effect = 'titles' | 'areas' | 'changes' | { shows: string };

/** `nobody` is for what has no effect for anybody. */
export type Needs = Level | 'nobody';

type Values = Record<string, Record<string, unknown>>;

/** A window of the bot as a request brings it back. */
export type Window = { callbackId: string; metadata: string; values?: Values };

/** What a request holds, whoever sends it. */
export type Request =
  | { kind: 'command'; text: string; channelId: string }
  | { kind: 'click'; actionId: string; value: string; channelId: string; window?: Window }
  | { kind: 'form'; window: Window }
  | { kind: 'options'; actionId: string; typed: string; window: Window }
  | { kind: 'shortcut'; callbackId: string }
  | { kind: 'message shortcut'; callbackId: string; channelId: string }
  | { kind: 'home' };

/** One way into the bot. */
export type Way = {
  name: string;
  needs: Needs;
  effect: Effect;
  /** It names no program, so that it is about one that the person may use. */
  isPlaceless?: boolean;
  /** What it names of another program is passed over, where others refuse it. */
  passesOver?: boolean;
  /** @param kind who sends it, for what is about their own report */
  request: (at: Place, kind: Kind) => Request;
};

export const text = (value: string) => ({ a: { type: 'plain_text_input', value } });
export const person = (id: string | null) => ({ a: { type: 'users_select', selected_user: id } });
export const people = (ids: string[]) => ({ a: { type: 'multi_users_select', selected_users: ids } });
export const channel = (id: string) => ({ a: { type: 'conversations_select', selected_conversation: id } });
export const time = (at: string) => ({ a: { type: 'timepicker', selected_time: at } });
export const day = (on: string) => ({ a: { type: 'datepicker', selected_date: on } });
export const choice = (value: string | number) => ({
  a: { type: 'static_select', selected_option: { value: String(value) } },
});
export const several = (...values: (string | number)[]) => ({
  a: { type: 'checkboxes', selected_options: values.map((value) => ({ value: String(value) })) },
});
export const moment = (at: Date) => ({ a: { type: 'datetimepicker', selected_date_time: at.getTime() / 1_000 } });
