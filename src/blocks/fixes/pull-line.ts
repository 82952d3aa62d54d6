import type { Missing } from '../../domain/fixes/told-release.ts';
import { joinMrkdwn, link, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { dayWords, listed } from '../kit/words.ts';

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
  /** Why the last release that a source told of says nothing of it; null where it does, or none was told of. */
  missing: Missing | null;
};

const SHOWN = 3;
const NAMED = 3;

/** "Merged: acme/api#12 “Retry timeouts” by octocat, 3 Nov; out with v1.4, 5 Nov", the newest first; undefined where nothing was. */
export function pullLine(pulls: readonly ShownPull[], todayOn: string): Mrkdwn | undefined {
  if (pulls.length === 0) return undefined;
  const shown = pulls.slice(-SHOWN).reverse();
  const more = pulls.length > SHOWN ? [mrkdwn`and ${pulls.length - SHOWN} before`] : [];
  const lines = [...shown.map((pull) => onePull(pull, todayOn)), ...more];
  return mrkdwn`*Merged:* ${joinMrkdwn(lines, '\n')}`;
}

function onePull({ key, url, title, author, mergedOn, shipped, missing }: ShownPull, todayOn: string): Mrkdwn {
  const merged = mrkdwn`${link(url, key)} “${title}” by ${author}, ${dayWords(mergedOn, todayOn)}`;
  if (!shipped) return mrkdwn`${merged}; not known to be out yet${missing ? `: ${missingWords(missing)}` : ''}`;
  const name = shipped.url ? link(shipped.url, shipped.in) : mrkdwn`${shipped.in}`;
  return mrkdwn`${merged}; out with ${name}, ${dayWords(shipped.on, todayOn)}`;
}

/** "v2.8.0 was told, and there is no such tag or commit" */
function missingWords({ release, why, environments = [] }: Missing): string {
  switch (why) {
    case 'told_late':
      return `${release} was told more than three days after it went out`;
    case 'no_repository':
      return `${release} was told without its repository`;
    case 'unknown_area':
      return `${release} was told with an area that is none of this program's`;
    case 'no_commit':
      return `${release} was told, and there is no such tag or commit`;
    case 'elsewhere': {
      const more = environments.length - NAMED;
      const named = [...environments.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])];
      return `it is out with ${release}, but not known to have reached ${listed(named)}`;
    }
  }
}
