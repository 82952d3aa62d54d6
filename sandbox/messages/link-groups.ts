import type { Engine } from '../engine/engine.ts';

/** The text with the handles of user groups made into mentions, as link_names asks for; people are not linked any more. */
export function linkGroups({ state }: Engine, text: string): string {
  const groups = new Map([...state.userGroups.values()].map((group) => [group.handle, group.id]));
  return text.replace(/(^|[^\w<])@([a-z0-9][a-z0-9._-]*)/gi, (whole, before: string, handle: string) => {
    const id = groups.get(handle);
    return id === undefined ? whole : `${before}<!subteam^${id}|@${handle}>`;
  });
}
