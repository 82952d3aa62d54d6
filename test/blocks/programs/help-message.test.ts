import { describe, expect, it } from 'vitest';
import { helpMessage } from '../../../src/blocks/programs/help-message.ts';
import { HELP_TOPICS } from '../../../src/domain/command.ts';
import { TYPED_VERBS } from '../../typed-verbs.ts';

describe('/defect help', () => {
  it('tells of every command, under one of its topics if not at once', () => {
    const { unclear, misused, report, help, ...told } = TYPED_VERBS;
    const words = JSON.stringify([helpMessage(), ...HELP_TOPICS.map((topic) => helpMessage(topic))]);
    const untold = Object.values(told).filter((verb) => !new RegExp(`(?:/defect |\`)${verb}\\b`).test(words));
    expect(untold).toEqual([]);
  });
});
