/**
 * What a person did wrong, in words that are safe to show to that person.
 * `field` names the form field that the words belong to, where there is one.
 * Everything else that is thrown is a bug.
 */
export class Refusal extends Error {
  readonly field: string | undefined;

  constructor(words: string, field?: string) {
    super(words);
    this.name = 'Refusal';
    this.field = field;
  }
}
