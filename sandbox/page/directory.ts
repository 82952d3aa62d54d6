import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Pointed } from './permalink.ts';
import type { Viewer } from './text/format-date.ts';

export type DirectoryPerson = {
  id: string;
  name: string;
  handle: string;
  isBot: boolean;
  /** Can still be written to and chosen. */
  isActive: boolean;
  /** What sets the person apart from a full member. */
  kind: string | undefined;
  tz: string;
};
export type DirectoryChannel = { id: string; name: string; isPrivate: boolean };

/** Who and what the ids in a message stand for, and whose eyes read it. */
export type Directory = {
  viewer: Viewer & { id: string };
  now: Date;
  people: ReadonlyMap<string, DirectoryPerson>;
  channels: ReadonlyMap<string, DirectoryChannel>;
  /** Direct conversations of the viewer: channel id -> its words, and the person where there is only one. */
  directs: ReadonlyMap<string, { name: string; with?: string | undefined }>;
  usergroups: ReadonlyMap<string, string>;
  openConversation: (id: string) => void;
  openMessage: (message: Pointed) => void;
};

export const DirectoryContext = createContext<Directory | undefined>(undefined);

export function useDirectory(): Directory {
  const directory = useContext(DirectoryContext);
  if (!directory) throw new Error('A message was drawn outside the directory that names its people.');
  return directory;
}
