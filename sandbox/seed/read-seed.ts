import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Seed } from '../options.ts';
import { defaultSeed } from './seed.ts';

type Loose = { [key: string]: unknown };

const CREDENTIALS = ['botToken', 'appToken', 'signingSecret', 'clientId', 'clientSecret'];

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function listProblems(seed: Loose, key: 'users' | 'channels'): string[] {
  const list = seed[key];
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length === 0) return [`${key} is no list`];
  return list.flatMap((entry, index) =>
    isObject(entry) && isText(entry.name) ? [] : [`${key}[${index}] has no name`],
  );
}

/** What is wrong with a seed that somebody wrote, in words. */
function problemsOf(seed: Loose): string[] {
  const { team, credentials = {} } = seed;
  const known = ['team', 'users', 'channels', 'credentials'];
  return [
    ...Object.keys(seed).flatMap((key) => (known.includes(key) ? [] : [`${key} is none of ${known.join(', ')}`])),
    ...(team === undefined || (isObject(team) && isText(team.name) && isText(team.domain))
      ? []
      : ['team asks for a name and a domain']),
    ...listProblems(seed, 'users'),
    ...listProblems(seed, 'channels'),
    ...(isObject(credentials)
      ? Object.entries(credentials).flatMap(([key, value]) =>
          CREDENTIALS.includes(key) && isText(value)
            ? []
            : [`credentials.${key} is no text of ${CREDENTIALS.join(', ')}`],
        )
      : ['credentials is no object']),
  ];
}

/** People, channels and credentials from a YAML or JSON file; what it leaves out is as usual. */
export function readSeed(path: string): Seed {
  const seed: unknown = parse(readFileSync(path, 'utf8'));
  if (!isObject(seed)) throw new Error('the seed is no object');
  const problems = problemsOf(seed);
  if (problems.length > 0) throw new Error(`the seed cannot be used: ${problems.join('; ')}`);
  return { ...defaultSeed, ...seed };
}
