import type { Element, Option, OptionGroup, StateValue } from '../../blocks/block.ts';
import type { FillValue } from '../../driver/person.ts';
import type { Directory } from '../directory.ts';
import { withEmoji } from '../text/mrkdwn.tsx';
import type { Choice } from './use-control.tsx';

export type SelectChoice = {
  value: string;
  label: string;
  description?: string | undefined;
  group?: string | undefined;
};

export type SelectSource = 'static' | 'external' | 'users' | 'channels' | 'conversations';

export function selectSource(element: Element): { source: SelectSource; many: boolean } {
  const many = element.type.startsWith('multi_');
  return { source: element.type.replace(/^multi_/, '').replace(/_select$/, '') as SelectSource, many };
}

export function fromOptions(given: Option[] | OptionGroup[]): SelectChoice[] {
  return given.flatMap((entry) =>
    'options' in entry
      ? entry.options.map((option) => fromOption(option, entry.label.text))
      : [fromOption(entry, undefined)],
  );
}

function fromOption(option: Option, group: string | undefined): SelectChoice {
  return { value: option.value, label: withEmoji(option.text.text), description: option.description?.text, group };
}

/** What a select offers before anything is typed; an external one asks the app instead. */
export function offeredChoices(element: Element, source: SelectSource, directory: Directory): SelectChoice[] {
  const active = [...directory.people.values()].filter(({ isActive }) => isActive);
  const people = active.map(({ id, name, handle }) => ({
    value: id,
    label: name,
    description: `@${handle}`,
  }));
  const channels = [...directory.channels.values()];
  const labelled = (list: typeof channels) => list.map(({ id, name }) => ({ value: id, label: `#${name}` }));
  if (source === 'static') return fromOptions(element.option_groups ?? element.options ?? []);
  if (source === 'users') return people;
  if (source === 'channels') return labelled(channels.filter((channel) => !channel.isPrivate));
  if (source === 'conversations') {
    const filter = element.filter as { include?: string[]; exclude_bot_users?: boolean } | undefined;
    const takes = (kind: string) => !filter?.include || filter.include.includes(kind);
    const known = new Map([...directory.directs].map(([id, direct]) => [direct.with, id]));
    const persons = active.filter((person) => !(filter?.exclude_bot_users && person.isBot));
    const groups = [...directory.directs].filter(([, direct]) => direct.with === undefined);
    return [
      ...labelled(channels.filter((channel) => takes(channel.isPrivate ? 'private' : 'public'))),
      ...(takes('im')
        ? persons.map(({ id, name, handle }) => ({
            value: known.get(id) ?? id,
            label: name,
            description: `@${handle}`,
          }))
        : []),
      ...(takes('mpim') ? groups.map(([id, { name }]) => ({ value: id, label: name })) : []),
    ];
  }
  return [];
}

/** Ids or values that are chosen now, with the words of options that only the app knows. */
export function chosenNow(element: Element, state: StateValue | undefined, directory: Directory): SelectChoice[] {
  const { source } = selectSource(element);
  if (source === 'static' || source === 'external') {
    const one = state && 'selected_option' in state ? state.selected_option : element.initial_option;
    const some = state?.selected_options ?? element.initial_options;
    return fromOptions(some ?? (one ? [one] : []));
  }
  const ids = {
    users: [
      state && 'selected_user' in state ? state.selected_user : element.initial_user,
      state?.selected_users ?? element.initial_users,
    ],
    channels: [
      state && 'selected_channel' in state ? state.selected_channel : element.initial_channel,
      state?.selected_channels ?? element.initial_channels,
    ],
    conversations: [
      state && 'selected_conversation' in state ? state.selected_conversation : element.initial_conversation,
      state?.selected_conversations ?? element.initial_conversations,
    ],
  }[source];
  return ids.flat().flatMap((id) => (id ? [{ value: id, label: nameOf(id, directory) }] : []));
}

function nameOf(id: string, directory: Directory): string {
  const channel = directory.channels.get(id);
  return directory.people.get(id)?.name ?? directory.directs.get(id)?.name ?? (channel ? `#${channel.name}` : id);
}

/** The same choice in the words of a click and of a form field. */
export function choiceOf(element: Element, values: string[]): { choice: Choice; fill: FillValue } {
  const { source, many } = selectSource(element);
  const first = values[0] ?? '';
  const single = {
    static: { option: first },
    external: { option: first },
    users: { user: first },
    channels: { channel: first },
    conversations: { conversation: first },
  };
  const plural = {
    static: { options: values },
    external: { options: values },
    users: { users: values },
    channels: { channels: values },
    conversations: { conversations: values },
  };
  return many
    ? { choice: plural[source], fill: values }
    : { choice: single[source], fill: values.length > 0 ? first : null };
}

export function matching(choices: SelectChoice[], query: string): SelectChoice[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ label, description = '' }) => {
    const text = `${label} ${description}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
