import { globSync, readFileSync } from 'node:fs';
import { type Topic, topics } from '../../../sandbox/rules/topics.ts';

const here = new URL('.', import.meta.url);
const root = new URL('../', here);

/** The rules of a topic that no test under test/sandbox names; `node test/sandbox/rules/untested.ts` prints them all. */
export function untestedRules(topic: Topic): string[] {
  const tests = globSync('**/*.test.ts', { cwd: root }).map((path) => readFileSync(new URL(path, root), 'utf8'));
  return Object.keys(topic.rules).filter((name) => !tests.some((text) => names(text, name)));
}

function names(text: string, rule: string): boolean {
  return new RegExp(`(?<![\\w.])${RegExp.escape(rule)}(?![\\w.])|limits\\.${RegExp.escape(rule)}\\b`).test(text);
}

if (import.meta.main) {
  for (const topic of topics) {
    const missing = untestedRules(topic);
    process.stdout.write(`${topic.title}: ${missing.length === 0 ? 'all tested' : missing.join(', ')}\n`);
  }
}
