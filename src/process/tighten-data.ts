import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TooLoose, tighten, tightenTree } from '../db/engine/embedded/tighten.ts';

const OURS = /^(database|backups$|encryption\.key$|sandbox\.json)/;
const STICKY = 0o1000;
const OTHERS_WRITE = 0o002;

/**
 * Takes the data away from everybody but the user that this runs as, with a word about what others had a right to. Throws
 * TooLoose where that fails, since whoever can write there can also put another database in its place.
 */
export async function tightenData(directory: string, tell: (words: string) => void): Promise<void> {
  const path = await realpath(directory);
  const { mode, uid } = await stat(path);
  if (mode & STICKY) throw new TooLoose(`${path} is for everybody. Set DATA_DIR to a directory of its own.`);
  // A volume that the platform owns and lends to a group of ours is its to guard; what lies in it is ours alone.
  const isLent = uid !== process.getuid?.() && (mode & OTHERS_WRITE) === 0;
  let tightened = !isLent && (await tighten(path)) ? 1 : 0;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!OURS.test(entry.name)) continue;
    const ours = join(path, entry.name);
    if (entry.isDirectory()) tightened += await tightenTree(ours);
    else if (entry.isFile() && (await tighten(ours))) tightened += 1;
  }
  if (tightened > 0)
    tell(`Others could use ${tightened} of the files and directories in ${path}. Now only this user can.`);
}
