import type { KnownBlock, ModalView } from '@slack/types';
import { plain } from '../kit/parts.ts';

/** A small form of the settings; `metadata` begins with the program's id. */
export function settingsForm(
  callbackId: string,
  title: string,
  metadata: string,
  blocks: KnownBlock[],
  submit = 'Save',
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadata,
    title: plain(title, 24),
    submit: plain(submit, 24),
    close: plain('Back', 24),
    blocks,
  };
}
