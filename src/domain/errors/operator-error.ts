/** Something that only whoever runs the bot can put right. The message is for them, and is shown without a stack. */
export class OperatorError extends Error {
  constructor(words: string) {
    super(words);
    this.name = new.target.name;
  }
}
