import type { Directory, DirectoryPerson } from '../../directory.ts';
import { Avatar } from '../people/avatar.tsx';
import { HintList } from './hint-list.tsx';

export type MentionStart = { start: number; query: string };

/** The '@word' that the caret stands behind. */
export function mentionAt(text: string, caret: number): MentionStart | undefined {
  const found = /(?:^|\s)@([\w.-]*)$/.exec(text.slice(0, caret));
  return found ? { start: caret - (found[1] ?? '').length - 1, query: found[1] ?? '' } : undefined;
}

export function mentionsFor({ query }: MentionStart, { people }: Directory): DirectoryPerson[] {
  const wanted = query.toLowerCase();
  return [...people.values()]
    .filter(({ isActive }) => isActive)
    .filter(({ handle, name }) => handle.toLowerCase().startsWith(wanted) || name.toLowerCase().startsWith(wanted))
    .slice(0, 6);
}

type MentionHintsProps = { id: string; people: DirectoryPerson[]; active: number; onTake: (at: number) => void };

export function MentionHints({ id, people, active, onTake }: MentionHintsProps) {
  const rows = people.map((person) => ({
    key: person.id,
    content: (
      <>
        <Avatar id={person.id} name={person.name} app={person.isBot} size={20} /> <strong>{person.name}</strong>{' '}
        <span class="hint-usage">@{person.handle}</span>
      </>
    ),
  }));
  return <HintList id={id} label="People" rows={rows} active={active} onTake={onTake} />;
}
