import type { ViewStateValue } from '@slack/bolt';

type Values = Record<string, Record<string, ViewStateValue>>;

/** What somebody filled in, by the name of the input; empty where nothing was. */
export type FormAnswers = {
  text: (id: string) => string;
  person: (id: string) => string | null;
  people: (id: string) => string[];
  time: (id: string) => string;
  day: (id: string) => string | null;
  moment: (id: string) => Date | null;
  choice: (id: string) => string | null;
  several: (id: string) => string[];
  /** The names of all inputs, in no particular order. */
  names: string[];
};

export function readForm(values: Record<string, Record<string, unknown>>): FormAnswers {
  const one = (id: string) => Object.values((values as Values)[id] ?? {})[0];
  return {
    text: (id) => one(id)?.value ?? '',
    person: (id) => one(id)?.selected_user ?? null,
    people: (id) => [...new Set(one(id)?.selected_users ?? [])],
    time: (id) => one(id)?.selected_time ?? '',
    day: (id) => one(id)?.selected_date ?? null,
    moment: (id) => {
      const seconds = one(id)?.selected_date_time;
      return typeof seconds === 'number' ? new Date(seconds * 1000) : null;
    },
    choice: (id) => one(id)?.selected_option?.value ?? null,
    several: (id) => (one(id)?.selected_options ?? []).map(({ value }) => value),
    names: Object.keys(values),
  };
}
