/** Where a release goes that is only to be tried out. */
export const PRERELEASE = 'prerelease';

/** Environments that are no place where users meet a failure. */
export const NOT_FOR_USERS: readonly string[] = [
  'staging',
  'stage',
  'test',
  'testing',
  'qa',
  'dev',
  'development',
  'preview',
  'integration',
  'sandbox',
  PRERELEASE,
];

/** People name the moment of a deployment to the half hour. */
export const DEPLOYED_WITHIN_MS = 30 * 60_000;

/** Did a release go out to users? One whose environment is not told did. */
export function isForUsers(environment: string | null): boolean {
  return environment === null || !NOT_FOR_USERS.includes(environment.trim().toLowerCase());
}
