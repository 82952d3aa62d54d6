import { createHash } from 'node:crypto';
import type { ViewResponseAction } from '@slack/bolt';
import { noticeModal } from '../blocks/decision-modals.ts';
import type { Mrkdwn } from '../blocks/mrkdwn.ts';
import type { Submission } from '../usecases/submit-once.ts';
import { teamOf } from './slack-context.ts';

type View = { id: string; callback_id: string; private_metadata: string; state: { values: unknown } };

/** What Slack is answered to a form; null closes it. */
export type ViewAnswer = ViewResponseAction | null;

export function submissionOf(body: Parameters<typeof teamOf>[0], view: View, now: Date): Submission {
  const held = JSON.stringify([view.callback_id, view.private_metadata, view.state.values]);
  return { workspaceId: teamOf(body), viewId: view.id, digest: createHash('sha256').update(held).digest('hex'), now };
}

export function doneAnswer(words: Mrkdwn): ViewAnswer {
  return { response_action: 'update', view: noticeModal('Done', words) };
}
