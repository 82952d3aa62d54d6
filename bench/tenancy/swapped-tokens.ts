import { eq } from 'drizzle-orm';
import type { Db } from '../../src/db/engine/client.ts';
import type { KeyRing } from '../../src/db/engine/sealed.ts';
import { installations } from '../../src/db/schema/installations.ts';
import { findInstallation, upsertInstallation } from '../../src/db/workspaces/installations.ts';

/** Gives each installation the token of the next one, as it was sealed for that, or sealed anew. Returns how to undo it. */
export async function swapTokens(db: Db, keys: KeyRing, how: 'sealed tokens' | 'tokens'): Promise<() => Promise<void>> {
  const rows = await db.select().from(installations).orderBy(installations.id);
  const next = (i: number) => rows[(i + 1) % rows.length] ?? rows[0];
  const opened = await Promise.all(rows.map(({ id }) => findInstallation(db, keys, id)));
  for (const [i, { id }] of rows.entries()) {
    const own = opened[i];
    const other = opened[(i + 1) % rows.length];
    if (how === 'tokens' && own && other) await upsertInstallation(db, keys, { ...own, botToken: other.botToken });
    else
      await db
        .update(installations)
        .set({ botToken: next(i)?.botToken ?? '' })
        .where(eq(installations.id, id));
  }
  return async () => {
    for (const row of rows) await db.update(installations).set(row).where(eq(installations.id, row.id));
  };
}
