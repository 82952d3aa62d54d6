/** Where the keys are that secrets are sealed with; `made` is a file that is made once where it is missing. */
export type KeySource =
  | { kind: 'given'; keys: readonly Buffer[] }
  | { kind: 'file'; path: string }
  | { kind: 'made'; path: string };

/** Keys of 32 bytes in base64, between spaces, commas or line breaks; undefined where one is anything else or there is none. */
export function parseKeys(text: string): Buffer[] | undefined {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const areKeys = words.length > 0 && words.every((word) => /^[A-Za-z0-9+/]{43}=$/.test(word));
  return areKeys ? words.map((word) => Buffer.from(word, 'base64')) : undefined;
}

/** What somebody has to know about the keys of a copy of the database. */
export function keyWords(inUse: readonly string[], source: KeySource | undefined): string {
  if (inUse.length === 0) return 'It holds no secrets, so it opens without a key.';
  const place = source === undefined ? 'your ENCRYPTION_KEY' : source.kind === 'given' ? 'ENCRYPTION_KEY' : source.path;
  return (
    `Secrets in it open only with the key ${inUse.join(' and ')} from ${place}. ` +
    'Keep that key too, and apart from it: without it the secrets of all sources have to be set anew.'
  );
}
