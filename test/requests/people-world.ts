import type { MessageWanted } from '../../sandbox/driver/person.ts';
import { findDefectByNumber } from '../../src/db/defects/defects.ts';
import { listPrograms } from '../../src/db/programs/programs.ts';
import { MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { fileDefect } from '../file-defect.ts';
import { type RunningBot, startRunningBot } from '../running-bot.ts';

export const channel = '#eng-stability';
export const TITLE = 'Vault keys leak at rotation';

/** A message whose blocks have these words. */
export const showing =
  (words: string) =>
  ({ blocks }: { blocks?: unknown }): boolean =>
    JSON.stringify(blocks ?? []).includes(words);

/** The bot with D-1 in #eng-stability, filed by ana, who is an admin; over HTTP, so that requests can be made by hand. */
export async function startWithDefect() {
  const [, database] = databases;
  if (!database) throw new Error('no PostgreSQL to test on');
  const running: RunningBot = await startRunningBot({ database, transport: 'http', startAt: MONDAY });
  const { sandbox, db } = running;
  await fileDefect(sandbox.person('ana'), TITLE);
  const [program] = await listPrograms(db);
  if (!program) throw new Error('no program');
  const defect = async (number = 1) => {
    const found = await findDefectByNumber(db, program.id, number);
    if (!found) throw new Error(`There is no D-${number}.`);
    return found;
  };
  /** What somebody types there, and what they are answered. */
  const asks = async (name: string, text: string, said: MessageWanted, where = channel) => {
    const person = sandbox.person(name);
    await person.slash(`/defect ${text}`, { channel: where });
    return person.sees(said, { in: where });
  };
  return { ...running, running, program, defect, asks };
}

export type PeopleWorld = Awaited<ReturnType<typeof startWithDefect>>;
