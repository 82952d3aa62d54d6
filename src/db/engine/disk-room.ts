import { isDiskFull } from './connection-loss.ts';

/** What is known of the room on the disk of a database, which only a write that fails tells. */
export type DiskRoom = {
  /** Hears of every error of the database. */
  noteError: (error: unknown) => void;
  /** Whether there is room to write. Where there was none, it tries to take some, and gives it back. */
  hasRoom: () => Promise<boolean>;
};

/** Writes a megabyte, more than any table has left of its pages, and gives it back; for one transaction. */
export const TAKE_ROOM = [
  `create table room_on_disk as
    select string_agg(md5(n::text), '') as filler from generate_series(1, 30000) as n group by n % 150`,
  'drop table room_on_disk',
] as const;

/** @param takeRoom writes so much that it needs room */
export function watchRoom(takeRoom: () => Promise<unknown>): DiskRoom {
  let isFull = false;
  return {
    noteError: (error) => {
      isFull ||= isDiskFull(error);
    },
    hasRoom: async () => {
      if (!isFull) return true;
      isFull = await takeRoom().then(
        () => false,
        () => true,
      );
      return !isFull;
    },
  };
}
