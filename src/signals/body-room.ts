export type BodyRoomLimits = { bytes: number; bytesOfOne: number };

/** Sixteen full bodies at once, four of them of one source: a burst of small ones never comes near. */
export const BODY_ROOM: BodyRoomLimits = { bytes: 16 * 1_048_576, bytesOfOne: 4 * 1_048_576 };

/** The part of the room that one body takes up. */
export type BodyShare = {
  /** How much of it has come. */
  bytes: () => number;
  /** Makes room for more of it. False where there is none; nothing is taken then. */
  take: (bytes: number) => boolean;
  /** Gives all of it back. */
  leave: () => void;
};

/** How many bytes of bodies are in memory, of all sources and of each; a body counts as far as it has come. */
export type BodyRoom = { open: (sourceId: number) => BodyShare };

export function countBodies(limits: BodyRoomLimits = BODY_ROOM): BodyRoom {
  const ofSource = new Map<number, number>();
  let inAll = 0;
  const add = (sourceId: number, bytes: number) => {
    const held = (ofSource.get(sourceId) ?? 0) + bytes;
    inAll += bytes;
    if (held > 0) ofSource.set(sourceId, held);
    else ofSource.delete(sourceId);
  };
  return {
    open: (sourceId) => {
      let mine = 0;
      return {
        bytes: () => mine,
        take: (bytes) => {
          const held = ofSource.get(sourceId) ?? 0;
          if (inAll + bytes > limits.bytes || held + bytes > limits.bytesOfOne) return false;
          mine += bytes;
          add(sourceId, bytes);
          return true;
        },
        leave: () => {
          add(sourceId, -mine);
          mine = 0;
        },
      };
    },
  };
}
