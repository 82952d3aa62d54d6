import { notModelled } from './not-modelled.ts';
import type { Rule } from './rule.ts';
import type { Topic } from './topics.ts';

const preface = `# Fidelity

What this local Slack enforces, and how well each rule is known. Printed from \`sandbox/rules\` by
\`node sandbox/rules/print.ts\`; a test fails when this file is stale.

- **official**: Slack's documentation or the metadata of its methods.
- **sdk**: the source or the behaviour of Slack's open packages.
- **issue**: a GitHub thread.
- **third-party**: somebody else's measurement.
- **assumed**: nobody says; the sandbox is stricter than Slack may be.

Nothing here was checked against a live workspace. \`blocks.validate\` has the shape of Slack's public method:
\`node sandbox/test/block-kit/drift.ts\` sends our fixtures to Slack's and prints where it judges otherwise.

A method that is not in the last table answers \`unknown_method\`. Known, and not played through: ${notModelled.map((name) => `\`${name}\``).join(', ')}.
`;

/** A cell of a Markdown table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

function row(name: string, { rule, value, evidence, source }: Rule): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return `| ${name} | ${cell(rule)} | ${cell(shown)} | ${evidence} | ${cell(source)} |`;
}

function section({ title, rules }: Topic): string {
  const rows = Object.entries(rules).map(([name, rule]) => row(name, rule));
  return [`## ${title}`, '', '| name | rule | value | evidence | source |', '|---|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
}

export function fidelityText(topics: Topic[]): string {
  return [preface, ...topics.map(section)].join('\n');
}
