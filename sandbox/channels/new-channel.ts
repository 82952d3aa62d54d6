import type { Channel } from '../state/model.ts';

type Given = Pick<Channel, 'id' | 'kind' | 'name' | 'creator' | 'createdAt'> & {
  members: Iterable<string>;
  topic?: string;
  connectedTeams?: string[];
};

/** A conversation in which nothing has happened yet. */
export const newChannel = ({ members, topic = '', connectedTeams = [], ...given }: Given): Channel => ({
  ...given,
  members: new Set(members),
  topic,
  connectedTeams,
  archived: false,
  purpose: '',
  pins: new Set(),
  bookmarks: [],
});
