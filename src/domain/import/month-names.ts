const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs'];

/** The number of a month by its name, 1 to 12, long or short, in the languages that exports come in most. */
export function monthNamed(name: string): number | undefined {
  const plain = plainName(name);
  return MONTHS.get(plain);
}

const MONTHS = new Map(
  LANGUAGES.flatMap((language) =>
    Array.from({ length: 12 }, (_, i) => i).flatMap((month) =>
      (['long', 'short'] as const).map((length): [string, number] => [
        plainName(
          new Intl.DateTimeFormat(language, { month: length, timeZone: 'UTC' }).format(Date.UTC(2024, month, 15)),
        ),
        month + 1,
      ]),
    ),
  )
    // Where two languages disagree, the one that is named first is right.
    .reverse(),
);

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
}
