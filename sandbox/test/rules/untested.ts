import { globSync, readFileSync } from 'node:fs';
import { type Topic, topics } from '../../rules/topics.ts';

const here = new URL('.', import.meta.url);
const root = new URL('../', here);

/** The rules of a topic that no test or fixture under sandbox/test names. Run as a program it prints all of them. */
export function untestedRules(topic: Topic): string[] {
  const tests = globSync('**/*.ts', { cwd: root, exclude: ['rules/**'] }).map((path) =>
    readFileSync(new URL(path, root), 'utf8'),
  );
  return Object.keys(topic.rules).filter((name) => !tests.some((text) => names(text, name)));
}

function names(text: string, rule: string): boolean {
  const escaped = rule.replaceAll('.', '\\.');
  return new RegExp(`(?<![\\w.])${escaped}(?![\\w.])|limits\\.${escaped}\\b`).test(text);
}

if (import.meta.main) {
  for (const topic of topics) {
    const missing = untestedRules(topic);
    process.stdout.write(`${topic.title}: ${missing.length === 0 ? 'all tested' : missing.join(', ')}\n`);
  }
}
