/**
 * What a person did wrong, in words that are safe to show to that person.
 * `field` names the form field that the words belong to, where there is one.
 * `others` are what else is wrong, by their fields. Everything else that is thrown is a bug.
 */
export class Refusal extends Error {
  readonly field: string | undefined;
  readonly others: Readonly<Record<string, string>>;

  constructor(words: string, field?: string, others: Readonly<Record<string, string>> = {}) {
    super(words);
    this.name = 'Refusal';
    this.field = field;
    this.others = others;
  }
}
