import type { ComebackKind } from '../../domain/vocabulary.ts';
import { joinMrkdwn, link, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { weekdayWords } from '../kit/words.ts';

/** A release as people read of it. */
export type ReleaseRef = { version: string; link: string | null };

/** In which releases a defect was first seen, fixed and seen again; null where none was out. */
export type DefectReleases = {
  firstSeen: ReleaseRef | null;
  /** Where its last fix went out, and what became of it. */
  fixed: ReleaseRef | null;
  fix: 'claimed' | 'proven' | ComebackKind | null;
  cameBack: ReleaseRef | null;
};

/** "Releases: first seen in v1.4.2, its fix went out in v1.4.5", or undefined where no release is known. */
export function defectReleaseWords({ firstSeen, fixed, fix, cameBack }: DefectReleases): Mrkdwn | undefined {
  const isSame = firstSeen !== null && fixed?.version === firstSeen.version;
  const where = fixed && (isSame ? mrkdwn`without a newer release` : mrkdwn`in ${releaseLink(fixed)}`);
  const parts = [
    ...(firstSeen ? [mrkdwn`first seen in ${releaseLink(firstSeen)}`] : []),
    ...(where
      ? [fix === 'failed' ? mrkdwn`a fix that failed went out ${where}` : mrkdwn`its fix went out ${where}`]
      : []),
    ...(cameBack && fix !== 'claimed' && fix !== 'proven' ? [mrkdwn`seen again in ${releaseLink(cameBack)}`] : []),
  ];
  return parts.length === 0 ? undefined : mrkdwn`*Releases:* ${joinMrkdwn(parts, ', ')}`;
}

/** "Its fix went out in v1.4.5." behind what a digest says of a fix. */
export function outcomeReleaseWords(kind: 'proven' | ComebackKind, release: ReleaseRef): Mrkdwn {
  const words = {
    proven: 'It was fixed in',
    failed: 'The fix went out in',
    reduced: 'The fix went out in',
    regressed: 'It came back in',
  }[kind];
  return mrkdwn`${words} ${releaseLink(release)}.`;
}

/** The sentence of a digest about the release in which the most of its new defects were first seen. */
export function worstReleaseWords({ defects, of, ...release }: ReleaseRef & { defects: number; of: number }): Mrkdwn {
  const where = mrkdwn`first seen in ${releaseLink(release)}`;
  if (of === 1) return mrkdwn`The one new defect of the week was ${where}.`;
  if (defects === of) return mrkdwn`All ${of} new defects of the week were ${where}.`;
  return mrkdwn`Of the ${of} new defects of the week, ${defects} ${defects === 1 ? 'was' : 'were'} ${where}, more than in any other release.`;
}

/** How many releases of a week are named. */
const NAMED = 4;

/** "Shipped this week: v4.18 on Tue 17 Nov, v4.19 on Thu 19 Nov." Undefined where nothing was. */
export function shippedWords(
  shipped: readonly (ReleaseRef & { releasedAt: Date })[],
  timeZone: string,
): Mrkdwn | undefined {
  if (shipped.length === 0) return undefined;
  const newest = shipped.slice(-NAMED);
  const more = shipped.length - newest.length;
  const each = newest.map((one) => mrkdwn`${releaseLink(one)} on ${weekdayWords(one.releasedAt, timeZone)}`);
  return mrkdwn`Shipped this week: ${joinMrkdwn(each, ', ')}${more > 0 ? `, and ${more} before them` : ''}.`;
}

function releaseLink(release: ReleaseRef): Mrkdwn {
  return release.link ? link(release.link, release.version) : mrkdwn`${release.version}`;
}
