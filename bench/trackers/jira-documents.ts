/** Text as the third version of Jira's API tells it, which the bot does not ask. */
function asDocument(text: string): object {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}

/** What is answered, with the bodies of comments and the descriptions of issues as documents. */
export function withDocuments(body: unknown): unknown {
  const texts = ['body', 'description'];
  const isText = (name: string, value: unknown, of: object) =>
    typeof value === 'string' && value !== '' && texts.includes(name) && ('author' in of || 'summary' in of);
  return JSON.parse(JSON.stringify(body), function (this: object, name: string, value: unknown) {
    return isText(name, value, this) ? asDocument(String(value)) : value;
  });
}
