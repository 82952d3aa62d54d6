import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pseudonymOf } from '../../domain/people/erasure.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import type { Db } from '../../usecases/doing.ts';
import { forgetPerson, type OpenOwned } from '../../usecases/people/forget-person.ts';
import { ACCOUNT_ID, type AccountArgs, workspacesKnowing } from './accounts.ts';

export type ForgetArgs = AccountArgs & { yes: boolean; unassign: boolean };

/** Reads `U123 [--workspace T…] [--unassign] [--yes]`; null where it was not understood. */
export function parseForgetArgs(args: readonly string[]): ForgetArgs | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        workspace: { type: 'string' },
        unassign: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
      },
    });
    const [userId = '', ...more] = positionals;
    if (!ACCOUNT_ID.test(userId) || more.length > 0) return null;
    return { userId, workspaceId: values.workspace ?? null, yes: values.yes, unassign: values.unassign };
  } catch {
    return null;
  }
}

/** Erases a person and tells what was erased. Answers whether it was done. */
export async function forget(db: Db, args: ForgetArgs, now: Date, say: (words: string) => void): Promise<boolean> {
  const { userId } = args;
  const workspaces = await workspacesKnowing(db, args, say);
  if (workspaces.length === 0) return false;
  if (!args.yes) {
    say(
      `This erases the name and the words of ${userId} in ${workspaces.join(', ')}, for ever. Backups keep them until they are deleted. Add --yes to do it.`,
    );
    return false;
  }
  let isDone = true;
  for (const workspaceId of workspaces) isDone = (await forgetIn(db, workspaceId, args, now, say)) && isDone;
  return isDone;
}

async function forgetIn(
  db: Db,
  workspaceId: string,
  { userId, unassign }: ForgetArgs,
  now: Date,
  say: (words: string) => void,
): Promise<boolean> {
  const person = { workspaceId, userId, pseudonym: pseudonymOf(randomUUID()) };
  const result = await forgetPerson(db, person, { unassign, now });
  if (result.kind === 'owns') {
    say(`${userId} owns open defects in ${workspaceId}. Nothing was erased.`);
    for (const defect of result.defects) say(`  ${ownedWords(defect)}`);
    say('Give them to somebody else, or add --unassign to leave them without an owner.');
    return false;
  }
  for (const [table, rows] of [...result.erased].sort()) say(`${table.padEnd(20)} ${rows}`);
  for (const defect of result.unassigned) say(`Without an owner now: ${ownedWords(defect)}`);
  say(
    `${userId} is ${person.pseudonym} in ${workspaceId} from now on. What was posted in Slack is deleted there, and files of backups by hand.`,
  );
  return true;
}

function ownedWords({ program, number, title }: OpenOwned): string {
  return `${program}: ${defectKey(number)} ${title}`;
}
