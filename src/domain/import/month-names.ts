const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'sv',
  'da',
  'nb',
  'fi',
  'pl',
  'cs',
  'ru',
  'uk',
  'tr',
  'ro',
  'hu',
];

/** The number of a month by its name, 1 to 12, long or short, in the languages that exports come in most. */
export function monthNamed(name: string): number | undefined {
  const plain = plainName(name);
  return MONTHS.get(plain);
}

const MONTHS = new Map(
  LANGUAGES.flatMap((language) =>
    Array.from({ length: 12 }, (_, i) => i).flatMap((month) =>
      (['long', 'short'] as const).flatMap((length): [string, number][] =>
        namesOf(language, month, length).map((name) => [plainName(name), month + 1]),
      ),
    ),
  )
    .concat([['mrz', 3]])
    // Where two languages disagree, the one that is named first is right.
    .reverse(),
);

/** A month as it stands by itself, and beside a day, where some languages inflect it. */
function namesOf(language: string, month: number, length: 'long' | 'short'): string[] {
  const at = Date.UTC(2024, month, 15);
  const alone = new Intl.DateTimeFormat(language, { month: length, timeZone: 'UTC' });
  const beside = new Intl.DateTimeFormat(language, { day: 'numeric', month: length, year: 'numeric', timeZone: 'UTC' });
  return [...beside.formatToParts(at), ...alone.formatToParts(at)].flatMap(({ type, value }) =>
    type === 'month' && /\p{L}/u.test(value) ? [value] : [],
  );
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
}
