import { randomUUID } from 'node:crypto';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { refusalNote } from '../../blocks/programs/help-message.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Door } from '../door.ts';

export type Tell = (message: { text: string; blocks: KnownBlock[] }) => Promise<unknown>;

/**
 * Runs what a listener does after its ack. A Refusal is told in its own words; anything else is a bug, logged under a
 * reference that the person is given. Nothing is thrown further.
 */
export async function answer(door: Door, tell: Tell, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await tell(refusalNote(wordsFor(door, error))).catch((failure: unknown) =>
      door.log.warn({ error: failure }, 'an answer could not be delivered'),
    );
  }
}

/** The words for whatever was thrown: a Refusal's own, or a reference to what the log says. */
export function wordsFor(door: Pick<Door, 'log' | 'onFailure'>, error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (isTooLate(error)) return TOO_LATE;
  const reference = randomUUID().slice(0, 8);
  door.onFailure();
  door.log.error({ error, reference }, 'a listener failed');
  return `Something went wrong on my side and nothing was changed. If it happens again, pass on the reference ${reference}.`;
}

const TOO_LATE = 'That took too long to open, and Slack does not wait. Try it once more.';
/** Slack opens a window for three seconds after a click, and once. */
const LATE_CODES = ['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged'];

function isTooLate(error: unknown): boolean {
  const code = (error as { data?: { error?: unknown } } | null)?.data?.error;
  return typeof code === 'string' && LATE_CODES.includes(code);
}

/** Words for one person: in the channel where they are, else as a direct message. */
export function tellAlone({
  client,
  userId,
  channelId,
}: {
  client: WebClient;
  userId: string;
  channelId?: string | undefined;
}): Tell {
  return async ({ text, blocks }) => {
    if (channelId) {
      const posted = await client.chat
        .postEphemeral({ channel: channelId, user: userId, text, blocks })
        .catch(() => null);
      if (posted?.ok) return;
    }
    await client.chat.postMessage({ channel: userId, text, blocks });
  };
}

/** Shows it in the modal that somebody has open. False where that is closed by now. */
export async function inModal(client: WebClient, viewId: string | undefined, view: ModalView): Promise<boolean> {
  if (!viewId) return false;
  return client.views.update({ view_id: viewId, view }).then(
    () => true,
    () => false,
  );
}
