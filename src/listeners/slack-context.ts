import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Tell } from './answer.ts';

type Body = { team?: { id: string } | null; team_id?: string; user?: unknown };

/** The workspace a request comes from; every id in it is looked up inside that workspace only. */
export function teamOf(body: Body): string {
  const id = body.team?.id ?? body.team_id;
  if (!id) throw new Error('A request without a workspace.');
  return id;
}

/** Words for one person: in the channel where they are, else as a direct message. */
export function tellAlone(client: WebClient, userId: string, channelId?: string): Tell {
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
