import { metadata, type Rule, sdk } from './rule.ts';

export type Tier = 1 | 2 | 3 | 4 | 'special';

export interface MethodFacts {
  /** Bot scopes, any one of which is enough; none when the list is empty. */
  scopes: string[];
  tier: Tier;
  /** The lower of the tier that the docs name and the one that java-slack-sdk keeps to. */
  strictTier: Tier;
  /** Whether a JSON body is read; forms always are. */
  json: boolean;
  errors: string[];
}

type Entry = [string, Rule<MethodFacts>];

/** A method as the metadata of its official page has it. */
export function method(
  name: string,
  scopes: string[],
  [tier, strictTier]: [Tier, Tier],
  json: boolean,
  errors: string[],
): Entry {
  return [name, metadata(`${name}: scopes, tier, body, errors`, { scopes, tier, strictTier, json, errors }, name)];
}

/** A method of which the SDKs know the arguments and the tier. */
export function sdkMethod(name: string, scopes: string[], tier: Tier, json: boolean, errors: string[]): Entry {
  const facts = { scopes, tier, strictTier: tier, json, errors };
  return [name, sdk(`${name}: scopes, tier, body, errors`, facts, '@slack/web-api 8.2, java-slack-sdk')];
}
