import { joinMrkdwn, link, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { dayWords } from '../kit/words.ts';

/** A merged pull request as a defect's card shows it. */
export type ShownPull = {
  key: string;
  url: string;
  title: string;
  /** The account that wrote it, as its host calls it. */
  author: string;
  mergedOn: string;
  /** Null until it is known to be out. */
  shipped: { in: string; url: string | null; on: string } | null;
};

const SHOWN = 3;

/** "Merged: acme/api#12 “Retry timeouts” by octocat, 3 Nov; out with v1.4, 5 Nov", the newest first; undefined where nothing was. */
export function pullLine(pulls: readonly ShownPull[], todayOn: string): Mrkdwn | undefined {
  if (pulls.length === 0) return undefined;
  const shown = pulls.slice(-SHOWN).reverse();
  const more = pulls.length > SHOWN ? [mrkdwn`and ${pulls.length - SHOWN} before`] : [];
  const lines = [...shown.map((pull) => onePull(pull, todayOn)), ...more];
  return mrkdwn`*Merged:* ${joinMrkdwn(lines, '\n')}`;
}

function onePull({ key, url, title, author, mergedOn, shipped }: ShownPull, todayOn: string): Mrkdwn {
  const merged = mrkdwn`${link(url, key)} “${title}” by ${author}, ${dayWords(mergedOn, todayOn)}`;
  if (!shipped) return mrkdwn`${merged}; not known to be out yet`;
  const name = shipped.url ? link(shipped.url, shipped.in) : mrkdwn`${shipped.in}`;
  return mrkdwn`${merged}; out with ${name}, ${dayWords(shipped.on, todayOn)}`;
}
