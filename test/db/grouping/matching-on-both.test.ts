// @module-tag slow
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { findLikelyRepeats } from '../../../src/db/grouping/matching.ts';
import { databases } from '../../databases.ts';
import { tries } from '../../how-much.ts';
import { aDefect, aProgram, aReport } from './reports-to-match.ts';

describe('both databases', () => {
  let opened: OpenDatabase[] = [];
  beforeAll(async () => {
    opened = await Promise.all(databases.map(({ open }) => open()));
  });
  afterAll(() => Promise.all(opened.map(({ close }) => close())));

  it('give the same suggestions in the same order with the same scores, whatever the reports', async () => {
    const word = fc.constantFrom(
      ...['webhook', 'webhooks', 'signature', 'Stripe', '400', 'sync', 'syncing', 'the', 'rollout', 'GKE', 'timeout'],
      ...['Größe', 'naïve', '支払い', 'شبكة', 'İstanbul', 'ﬁle', 'paymentIntent', "doesn't", '🔥', 'x'],
    );
    const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
    const report = fc.record({ title: text, description: text, defect: fc.nat({ max: 4 }) });
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(report, { minLength: 1, maxLength: 12 }),
        text,
        text,
        async (stream, title, description) => {
          nth += 1;
          const answers = [];
          for (const { db } of opened) {
            const place = await aProgram(db, nth);
            const known = new Map<number, number>();
            for (const { title: reported, description: told, defect } of stream) {
              const defectId = known.get(defect) ?? (await aDefect(db, place, defect + 1, reported));
              known.set(defect, defectId);
              await aReport(db, place, defectId, reported, told);
            }
            const found = await findLikelyRepeats(db, place.programId, { title, description });
            answers.push(found.map(({ number, score, words }) => ({ number, score, words })));
          }
          expect(answers[1]).toEqual(answers[0]);
        },
      ),
      { numRuns: tries(25) },
    );
  });
});
