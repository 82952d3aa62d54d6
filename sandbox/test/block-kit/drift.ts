import { setTimeout } from 'node:timers/promises';
import type { Surface } from '../../block-kit/violation.ts';
import { type Fixture, fixtures } from './fixtures.ts';

/** Whether a validator takes a payload, and the words in which it refuses it. */
export type Verdict = (surface: Surface, payload: unknown) => Promise<{ taken: boolean; words: string }>;

/** One line for each fixture about which the validator thinks otherwise than the rules do. */
export async function listDrift(all: Fixture[], verdict: Verdict): Promise<string[]> {
  const lines: string[] = [];
  for (const { rule, surface, payload, taken } of all) {
    const answer = await verdict(surface, payload);
    if (answer.taken === taken) continue;
    lines.push(`${rule} (${surface}): we ${taken ? 'take' : 'refuse'} it, they say ${answer.words}`);
  }
  return lines;
}

/** Asks a blocks.validate; it needs no token. The pause keeps below its rate limit, whose size is not documented. */
function asking(url: string, pauseMs: number): Verdict {
  return async (surface, payload) => {
    await setTimeout(pauseMs);
    const kind = surface === 'message' ? 'message' : 'view';
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ [kind]: JSON.stringify(payload) }),
    });
    const answer = (await response.json()) as { ok: boolean };
    return { taken: answer.ok, words: JSON.stringify(answer) };
  };
}

if (import.meta.main) {
  const [url = 'https://slack.com/api/blocks.validate', pauseMs = '1200'] = process.argv.slice(2);
  const lines = await listDrift(fixtures, asking(url, Number(pauseMs)));
  process.stdout.write(`${fixtures.length} fixtures, ${lines.length} differ\n${lines.join('\n')}\n`);
}
