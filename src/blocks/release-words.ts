import { joinMrkdwn, link, type Mrkdwn, mrkdwn } from './mrkdwn.ts';
import { counted } from './words.ts';

/** A release as people read of it. */
export type ReleaseRef = { version: string; link: string | null };

/** In which releases a defect was first seen, fixed and seen again; null where none was out. */
export type DefectReleases = Record<'firstSeen' | 'fixed' | 'regressed', ReleaseRef | null>;

/** "Releases: first seen in v1.4.2, its fix went out in v1.4.5", or undefined where no release is known. */
export function defectReleaseWords({ firstSeen, fixed, regressed }: DefectReleases): Mrkdwn | undefined {
  const parts = [
    ...(firstSeen ? [mrkdwn`first seen in ${releaseLink(firstSeen)}`] : []),
    ...(fixed ? [mrkdwn`its fix went out in ${releaseLink(fixed)}`] : []),
    ...(regressed ? [mrkdwn`came back in ${releaseLink(regressed)}`] : []),
  ];
  return parts.length === 0 ? undefined : mrkdwn`*Releases:* ${joinMrkdwn(parts, ', ')}`;
}

/** The sentence of a digest about the release that brought the most new defects. */
export function worstReleaseWords(worst: ReleaseRef & { defects: number }): Mrkdwn {
  return mrkdwn`${releaseLink(worst)} brought the most new defects this week: ${counted(worst.defects, 'new defect')} first seen in it.`;
}

function releaseLink(release: ReleaseRef): Mrkdwn {
  return release.link ? link(release.link, release.version) : mrkdwn`${release.version}`;
}
