import { describe, expect, it } from 'vitest';
import { digestThread } from '../../../src/blocks/digest/digest-thread.ts';
import { ACTIONS } from '../../../src/blocks/kit/ids.ts';
import type { DigestFacts } from '../../../src/domain/digest/digest.ts';
import { assembleDigest } from '../../../src/domain/digest/digest.ts';
import { aDigest, aWeek, FRIDAY, verdictsOf } from './digest-world.ts';

const SETTING = { programId: 7, timeZone: 'Europe/Berlin', now: FRIDAY };
const thread = (over: Partial<DigestFacts> = {}) => digestThread(aDigest(over), SETTING);
const topic = (name: string, over: Partial<DigestFacts>) => {
  const found = thread(over).find((one) => one.name === name);
  return found && JSON.stringify(found.message.blocks);
};

describe('the thread of a digest', () => {
  it('has a reply only for what there is to say something about', () => {
    expect(thread().map(({ name }) => name)).toEqual(['burndown']);
    expect(digestThread(assembleDigest(aWeek()), SETTING)).toEqual([]);
  });

  it('gives each defect without an owner a button to name one', () => {
    const top = [
      { number: 44, title: 'Partial refund', harm: 8.1, quietHalvings: 0 },
      { number: 50, title: 'SCIM', harm: 6.5, quietHalvings: 0 },
    ];
    const said = thread({ unowned: { total: 11, top } }).find(({ name }) => name === 'unowned');
    const buttons = said?.message.blocks.flatMap((block) => ('accessory' in block ? [block.accessory] : []));
    expect(buttons).toMatchObject([
      { action_id: ACTIONS.assign, value: '7.44' },
      { action_id: ACTIONS.assign, value: '7.50' },
    ]);
    expect(said?.message.text).toBe('11 open defects without an owner.');
    expect(JSON.stringify(said?.message.blocks)).toContain('and 9 more');
  });

  it('says how large a change is in words, and which areas changed', () => {
    const said = topic('reports', { verdicts: verdictsOf(44, 43, 46, 41, 45, 44, 47, 43, 20, 19, 22, 18, 21) });
    expect(said).toMatch(/That is a real drop \(\d+ to \d+ % fewer\)\./);
    expect(said).toContain('billing: fewer reports since the week of 26 Oct: 20 a week, 44 before.');
  });

  it('says that people report later than before, as news for eight weeks, and how weeks are compared since', () => {
    const toldLater = (weeks: number) => {
      const verdicts = verdictsOf(...Array.from({ length: 12 + weeks }, () => 40));
      return { ...verdicts, weeks: verdicts.weeks.map((week, i) => ({ ...week, late: i < 12 ? 4 : 30 })) };
    };
    const so = 'So weeks are compared as they are known two weeks after they end, the two newest not yet.';
    expect(topic('reports', { verdicts: toldLater(8) })).toContain(
      `People report later than before: 57 % within the week, was 91 %. ${so}`,
    );
    expect(topic('reports', { verdicts: toldLater(24) })).toContain(`People report later than before. ${so}`);
  });

  it('names each missed ritual with its date and why', () => {
    const missed = [
      { ritual: 'digest' as const, dueAt: new Date('2026-11-20T14:00:00Z'), why: 'not delivered' as const },
      { ritual: 'triage' as const, dueAt: new Date('2026-11-23T09:00:00Z'), why: 'not running' as const },
    ];
    expect(topic('rituals', { health: { ...aWeek().health, missed } })).toContain(
      'Missed: digest of Fri 20 Nov (the channel did not take it) and triage of Mon 23 Nov (the bot was not running).',
    );
  });

  it('keeps what people typed from mentioning anybody', () => {
    const top = [{ number: 1, title: 'Pods <!here> restart', harm: 1, quietHalvings: 0 }];
    expect(topic('unowned', { unowned: { total: 1, top } })).not.toContain('<!here>');
  });
});
