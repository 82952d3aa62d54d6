import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { savedMessage, settingsPage } from '../../blocks/programs/settings-page.ts';
import type { Asked } from '../../requests/door.ts';
import { inModal, tellAlone } from '../../requests/listen/answer.ts';
import { readSettingsPage } from '../../usecases/programs/read-settings-page.ts';
import type { Deps } from '../deps.ts';

/**
 * Shows on the page of the settings, beneath the form, what was just changed; as a message where that page is closed.
 *
 * @param sources of the sentences, in mrkdwn: what a form has come to is kept as JSON
 */
export async function renewSettings({ db }: Deps, asked: Asked, sources: readonly string[]): Promise<void> {
  const { client, program, now, view } = asked;
  const saved = sources.map((source) => new Mrkdwn(source));
  const page = settingsPage(await readSettingsPage(db, program, now), saved);
  if (await inModal(client, view?.root_view_id ?? undefined, page)) return;
  if (saved.length > 0) await tellAlone(asked)(savedMessage(saved));
}
