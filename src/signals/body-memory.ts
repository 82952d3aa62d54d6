export type BodyMemoryLimits = { bytes: number; bytesOfOne: number };

/** Sixteen full bodies at once, four of them of one source: a burst of small ones never comes near. */
export const BODY_MEMORY: BodyMemoryLimits = { bytes: 16 * 1_048_576, bytesOfOne: 4 * 1_048_576 };

/** The memory that one body has reserved. */
export type BodyReservation = {
  /** How much of it has come. */
  bytes: () => number;
  /** Reserves memory for more of it. False where there is none left; nothing is reserved then. */
  reserve: (bytes: number) => boolean;
  /** Releases all of it. */
  release: () => void;
};

/** How many bytes of bodies are in memory, of all sources and of each; a body counts as far as it has come. */
export type BodyMemory = { open: (sourceId: number) => BodyReservation };

export function limitBodyMemory(limits: BodyMemoryLimits = BODY_MEMORY): BodyMemory {
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
        reserve: (bytes) => {
          const held = ofSource.get(sourceId) ?? 0;
          if (inAll + bytes > limits.bytes || held + bytes > limits.bytesOfOne) return false;
          mine += bytes;
          add(sourceId, bytes);
          return true;
        },
        release: () => {
          add(sourceId, -mine);
          mine = 0;
        },
      };
    },
  };
}
