/** Who in Slack somebody is that a tracker names, by the address in that name: `chloe@x.org`, `Chloe <chloe@x.org>`. */
export function personOf(named: string | undefined, people: ReadonlyMap<string, string>): string | undefined {
  const address = /[^\s<>(),;]{1,64}@[^\s<>(),;]{1,255}/.exec(named ?? '')?.[0];
  return address && people.get(address.toLowerCase());
}
