import { Refusal } from '../../domain/errors/refusal.ts';
import { isPersonId } from '../../domain/people/person-id.ts';
import { isLocalDate } from '../../domain/time/local-date.ts';
import { textOr } from '../once/received.ts';

/** What somebody filled in, by the name of the input; empty where nothing was. What no input of ours holds is a Refusal. */
export type FormAnswers = {
  text: (id: string) => string;
  person: (id: string) => string | null;
  people: (id: string) => string[];
  channel: (id: string) => string | null;
  time: (id: string) => string;
  day: (id: string) => string | null;
  moment: (id: string) => Date | null;
  choice: (id: string) => string | null;
  several: (id: string) => string[];
  /** The names of all inputs, in no particular order. */
  names: string[];
};

// 2200, in seconds since 1970: databases and calendars hold such moments.
const LAST_MOMENT = 7_258_118_400;

export function readForm(values: Record<string, unknown>): FormAnswers {
  const one = (id: string) => partsOf(Object.values(partsOf(values[id]))[0]);
  return {
    text: (id) => textOr(one(id).value),
    person: (id) => personIn(one(id).selected_user ?? null, id),
    people: (id) => [...new Set(listIn(one(id).selected_users).flatMap((one) => personIn(one, id) ?? []))],
    channel: (id) => channelIn(one(id).selected_conversation ?? null, id),
    time: (id) => textOr(one(id).selected_time),
    day: (id) => dayIn(one(id).selected_date ?? null, id),
    moment: (id) => momentIn(one(id).selected_date_time ?? null, id),
    choice: (id) => textOr(partsOf(one(id).selected_option).value) || null,
    several: (id) => listIn(one(id).selected_options).map((chosen) => textOr(partsOf(chosen).value)),
    names: Object.keys(values),
  };
}

function partsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function personIn(value: unknown, field: string): string | null {
  if (value === null) return null;
  if (!isPersonId(value)) throw new Refusal('Pick somebody from the list.', field);
  return value;
}

function channelIn(value: unknown, field: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !/^[CG][A-Z0-9]{2,30}$/.test(value))
    throw new Refusal('Pick a channel from the list.', field);
  return value;
}

function dayIn(value: unknown, field: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !isLocalDate(value)) throw new Refusal('Pick a day from the calendar.', field);
  return value;
}

function momentIn(seconds: unknown, field: string): Date | null {
  if (seconds === null) return null;
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= LAST_MOMENT))
    throw new Refusal('Pick a day and a time.', field);
  return new Date(seconds * 1000);
}
