import { countWords } from '../../src/blocks/kit/few-words.ts';
import { DEFECTS } from './defects.ts';
import { DIGESTS } from './digests.ts';
import { OFFICE } from './office.ts';
import { OWNERS } from './owners.ts';
import { PROGRAMS } from './programs.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import { readable, type Spoken, type Subject } from './spoken.ts';
import { TRIAGE } from './triage.ts';

export const SUBJECTS: readonly Subject[] = [DIGESTS, TRIAGE, OWNERS, DEFECTS, PROGRAMS, OFFICE];

/** The whole of docs/messages.md: what the bot says, to be read in one sitting. */
export function voiceDocument(root: string): string {
  const { refusals, answers } = sentencesOf(root);
  return [
    '# What the bot says',
    'Written by `npm run messages` from the code, so that the whole voice can be read in one sitting; a test fails where it is stale. Words are those of the forms that a message is shown in here, or of the one in the table. People in the examples are invented.',
    ...SUBJECTS.flatMap(subjectPart),
    '## Refusals',
    'Said to whoever asked for what cannot be done, under the field it belongs to where there is a form. A name or a number stands where "…" does.',
    sentenceList(refusals),
    '## Answers of one sentence',
    sentenceList(answers),
    '',
  ].join('\n\n');
}

function subjectPart({ heading, messages }: Subject): string[] {
  const head = '| message | when | to whom | words, median | most |\n|---|---|---|---:|---:|';
  return [
    `## ${heading}`,
    [head, ...messages.map(rowOf)].join('\n'),
    ...messages.flatMap((message) => [
      `### ${nameOf(message)}`,
      ...message.forms.map((form) => `\`\`\`\n${readable(form)}\n\`\`\``),
    ]),
  ];
}

/** "Digest thread: support", from the name of the function that words it. */
function nameOf({ by, topic }: Spoken): string {
  const words = by.name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${topic ? `: ${topic}` : ''}`;
}

function rowOf(message: Spoken): string {
  const counts = message.forms.map(({ blocks }) => countWords(blocks)).sort((a, b) => a - b);
  const median = counts[Math.floor((counts.length - 1) / 2)] ?? 0;
  return `| ${[nameOf(message), message.when, message.to, median, counts.at(-1) ?? 0].join(' | ')} |`;
}

function sentenceList(sentences: readonly Sentence[]): string {
  const byFile = Map.groupBy(sentences, ({ file }) => file);
  return [...byFile]
    .map(([file, said]) =>
      [`- ${file}`, ...[...new Set(said.map(({ words }) => words))].map((words) => `  - ${words}`)].join('\n'),
    )
    .join('\n');
}
