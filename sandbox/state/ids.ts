const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Ids that can be read in a log: the user ana is UANA00000. */
export function readableId(prefix: string, name: string, domain = ''): string {
  const letters = (name + domain).toUpperCase().replace(/[^A-Z0-9]/g, '');
  return (prefix + letters).padEnd(9, '0');
}

export type Random = () => number;

/** A small seeded generator, so that a run can be repeated id by id. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Ids = {
  /** 'U' + ten capitals and digits, as Slack's ids look. */
  id(prefix: string, length?: number): string;
  secret(length: number): string;
  random: Random;
  /** Leaves the sequence: what was made from the same seed before must not be made again. */
  reseed(seed: number): void;
};

export function createIds(seed: number): Ids {
  let generator = seededRandom(seed);
  const random = () => generator();
  const pick = (alphabet: string, length: number) => {
    let text = '';
    for (let i = 0; i < length; i += 1) text += alphabet[Math.floor(random() * alphabet.length)];
    return text;
  };
  return {
    id: (prefix, length = 10) => prefix + pick(ALPHABET, length),
    secret: (length) => pick('abcdef0123456789', length),
    random,
    reseed(next) {
      generator = seededRandom(next);
    },
  };
}
