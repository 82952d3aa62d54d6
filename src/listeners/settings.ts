import type { App, BlockAction, ButtonAction, ViewStateValue } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { note } from '../blocks/help-message.ts';
import { ACTIONS, VIEWS } from '../blocks/ids.ts';
import { SETTINGS_INPUTS, type Settings, settingsModal } from '../blocks/settings-modal.ts';
import { CHART_STYLES } from '../domain/charts.ts';
import { Refusal } from '../domain/refusal.ts';
import { changeSettings, readSettings } from '../usecases/change-settings.ts';
import type { Doing, Program } from '../usecases/doing.ts';
import { programNamed, programOf } from '../usecases/find-program.ts';
import { submitOnce } from '../usecases/submit-once.ts';
import { answer, wordsFor } from './answer.ts';
import type { Deps } from './deps.ts';
import { refreshPerson } from './people.ts';
import { teamOf, tellAlone } from './slack-context.ts';
import { submissionOf } from './submission.ts';

type Values = Record<string, Record<string, ViewStateValue>>;

export function registerSettings(app: App, deps: Deps): void {
  for (const actionId of [ACTIONS.setUpRituals, ACTIONS.openSettings]) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client }) => {
      await ack();
      await answer(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
        const named = Number(action.value);
        const program = Number.isInteger(named)
          ? await programNamed(deps.db, teamOf(body), named)
          : await programOf(deps.db, teamOf(body), body.channel?.id);
        const doing = { by: body.user.id, now: deps.clock.now() };
        await openSettings(deps, client, program, body.trigger_id, doing);
      });
    });
  }

  app.view(VIEWS.settings, async ({ ack, body, view, client }) => {
    try {
      const program = await programNamed(deps.db, teamOf(body), Number(view.private_metadata));
      const doing = { by: body.user.id, now: deps.clock.now() };
      const { isRepeat } = await submitOnce(deps.db, submissionOf(body, view, doing.now), async (db) => {
        await changeSettings(db, program, readSettingsForm(view.state.values), doing);
        return null;
      });
      await ack();
      if (isRepeat) return;
      await tellAlone(
        client,
        body.user.id,
        program.channelId,
      )(note('The settings of the program are saved and count from now on.'));
    } catch (error) {
      const field = error instanceof Refusal ? error.field : undefined;
      const block = SETTINGS_INPUTS[field as keyof typeof SETTINGS_INPUTS] ?? SETTINGS_INPUTS.timeZone;
      await ack({ response_action: 'errors', errors: { [block]: wordsFor(deps, error) } });
    }
  });
}

export async function openSettings(
  deps: Deps,
  client: WebClient,
  program: Program,
  triggerId: string,
  doing: Doing,
): Promise<void> {
  await refreshPerson(deps, client, program.workspaceId, doing.by);
  const settings = await readSettings(deps.db, program, doing);
  await client.views.open({ trigger_id: triggerId, view: settingsModal(settings, String(program.id)) });
}

function readSettingsForm(values: Values): Settings {
  const one = (id: keyof typeof SETTINGS_INPUTS) => Object.values(values[SETTINGS_INPUTS[id]] ?? {})[0];
  const days = (id: keyof typeof SETTINGS_INPUTS) =>
    (one(id)?.selected_options ?? []).map(({ value }) => Number(value)).sort();
  const time = (id: keyof typeof SETTINGS_INPUTS) => one(id)?.selected_time ?? '';
  const weeks = (id: keyof typeof SETTINGS_INPUTS) => Number(one(id)?.selected_option?.value ?? 1);
  return {
    timeZone: (one('timeZone')?.value ?? '').trim(),
    workingDays: days('workingDays'),
    holidays: (one('holidays')?.value ?? '').split(/[\s,;]+/).filter(Boolean),
    halfLifeDays: Number(one('halfLife')?.value),
    agendaLimit: Number(one('agendaLimit')?.value),
    leadUserId: one('lead')?.selected_user ?? null,
    facilitatorIds: one('facilitators')?.selected_users ?? [],
    triage: { weekdays: days('triageDay'), atLocalTime: time('triageTime'), everyWeeks: weeks('triageWeeks') },
    digest: { weekdays: days('digestDay'), atLocalTime: time('digestTime'), everyWeeks: weeks('digestWeeks') },
    reminderTime: time('reminderTime'),
    charts: z.enum(CHART_STYLES).catch('pictures').parse(one('charts')?.selected_option?.value),
  };
}
