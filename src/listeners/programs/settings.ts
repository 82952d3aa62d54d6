import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { SETTINGS_INPUTS, type Settings, settingsModal } from '../../blocks/programs/settings-modal.ts';
import { CHART_STYLES } from '../../domain/digest/charts.ts';
import { tellAlone } from '../../requests/answer.ts';
import { onOpen } from '../../requests/on-button.ts';
import { type AskedForm, onForm } from '../../requests/on-form.ts';
import { holdsSample } from '../../sample/remove-sample.ts';
import type { Db, Program } from '../../usecases/doing.ts';
import { changeSettings, readSettings } from '../../usecases/programs/change-settings.ts';
import { programInMetadata } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

export function registerSettings(deps: Deps): void {
  onOpen(deps, [ACTIONS.setUpRituals, ACTIONS.openSettings], {
    right: 'lead',
    names: ({ value }) => (/^\d+$/.test(value) ? { programId: Number(value) } : {}),
    view: ({ program }) => openedSettings(deps.db, program),
  });

  onForm(deps, VIEWS.settings, {
    right: 'lead',
    names: programInMetadata,
    inputs: SETTINGS_INPUTS,
    check: (asked) => refuseOutsiders(deps, asked),
    work: async (tx, { program, form, doing }) => {
      await changeSettings(tx, program, readSettingsForm(form), doing);
    },
    answer: () => null,
    afterwards: ({ program, ...asked }) =>
      tellAlone({ ...asked, channelId: program.channelId })(
        note('The settings of the program are saved and count from now on.'),
      ),
  });
}

export async function openedSettings(db: Db, program: Program): Promise<ModalView> {
  const hasSample = await holdsSample(db, program);
  return settingsModal(await readSettings(db, program), String(program.id), { hasSample });
}

/** Whoever leads, decides or facilitates must be able to see the program. */
async function refuseOutsiders({ gate }: Deps, { program, form, ...of }: AskedForm<object>): Promise<void> {
  const { leads, deciders, facilitators } = SETTINGS_INPUTS;
  for (const field of [leads, deciders, facilitators]) {
    const known = new Set([...program.leadIds, ...(program.deciderIds ?? []), ...program.facilitatorIds]);
    for (const userId of form.people(field)) if (!known.has(userId)) await gate.mustSee(of, program, userId, field);
  }
}

function readSettingsForm(form: AskedForm<object>['form']): Settings {
  const days = (id: string) => form.several(id).map(Number).sort();
  const rhythm = (day: string, time: string, weeks: string) => ({
    weekdays: days(day),
    atLocalTime: form.time(time),
    everyWeeks: Number(form.choice(weeks) ?? 1),
  });
  const INPUT = SETTINGS_INPUTS;
  const deciderIds = form.people(INPUT.deciders);
  return {
    timeZone: form.text(INPUT.timeZone).trim(),
    workingDays: days(INPUT.workingDays),
    holidays: form
      .text(INPUT.holidays)
      .split(/[\s,;]+/)
      .filter(Boolean),
    halfLifeDays: Number(form.text(INPUT.halfLife)),
    agendaLimit: Number(form.text(INPUT.agendaLimit)),
    leadIds: form.people(INPUT.leads),
    deciderIds: deciderIds.length > 0 ? deciderIds : null,
    strangersMayReport: form.choice(INPUT.strangers) === 'report',
    facilitatorIds: form.people(INPUT.facilitators),
    triage: rhythm(INPUT.triageDay, INPUT.triageTime, INPUT.triageWeeks),
    digest: rhythm(INPUT.digestDay, INPUT.digestTime, INPUT.digestWeeks),
    reminderTime: form.time(INPUT.reminderTime),
    charts: z.enum(CHART_STYLES).catch('pictures').parse(form.choice(INPUT.charts)),
  };
}
