import type { ModalView } from '@slack/types';
import type { Mrkdwn } from './mrkdwn.ts';
import { plain, section } from './parts.ts';

/** A form that cannot be filled, or an answer that needs no form: one sentence to read. */
export function noticeModal(heading: string, words: Mrkdwn): ModalView {
  return { type: 'modal', title: plain(heading, 24), close: plain('Close', 24), blocks: [section(words)] };
}
