import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../../domain/errors/operator-error.ts';

const OTHERS = 0o077;

/** What lies there can be read or written by others, and that could not be changed. */
export class TooLoose extends OperatorError {}

/** Takes a path away from everybody but its owner. True where others had a right to it. */
export async function tighten(path: string): Promise<boolean> {
  const { mode } = await lstat(path);
  if ((mode & OTHERS) === 0) return false;
  await chmod(path, mode & 0o700).catch((error: NodeJS.ErrnoException) => {
    throw new TooLoose(
      `${path} can be used by other users of this machine, and its rights could not be changed (${error.code}). ` +
        'Give it to the user that this runs as, or take it away from everybody else.',
    );
  });
  return true;
}

/** The same for a directory with everything below it. Returns how many paths others had a right to. */
export async function tightenTree(directory: string): Promise<number> {
  let tightened = (await tighten(directory)) ? 1 : 0;
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if ((entry.isFile() || entry.isDirectory()) && (await tighten(join(entry.parentPath, entry.name)))) tightened += 1;
  }
  return tightened;
}
