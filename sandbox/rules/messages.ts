import type { Rules } from './rule.ts';

export const messageRules = {
  attachments: {
    rule: 'Attachments of a message; more answer too_many_attachments',
    value: 100,
    source: 'chat.postMessage method metadata (slack-ruby/slack-api-ref)',
    evidence: 'official',
  },
  messageBlocksText: {
    rule: 'Text summed over the blocks of a message; more answers msg_blocks_too_long (seen at about 13,200)',
    value: 13000,
    source: 'slackapi/bolt-js#2509',
    evidence: 'issue',
  },
} as const satisfies Rules;
