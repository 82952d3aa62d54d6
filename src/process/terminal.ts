import { resolve } from 'node:path';

/** Where a command was typed, and where it answers, a line or several at a time. */
export type Terminal = {
  env: Readonly<Record<string, string | undefined>>;
  say: (words: string) => void;
  complain: (words: string) => void;
};

/** The terminal of this process. */
export const processTerminal: Terminal = {
  env: process.env,
  say: (words) => void process.stdout.write(`${words}\n`),
  complain: (words) => void process.stderr.write(`${words}\n`),
};

/** A path as the person meant it: npm starts scripts in the package's directory, and the person is elsewhere. */
export function fromWhere({ env }: Terminal, path: string): string {
  return resolve(env.INIT_CWD ?? '.', path);
}
