import type { ModalView } from '@slack/types';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import {
  AREA_INPUTS,
  type AreaFacts,
  areaForm,
  areasModal,
  RETIRE_INPUTS,
  retireAreaForm,
} from '../../blocks/programs/area-forms.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { AREA_NAME_LIMIT } from '../../domain/programs/areas.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { type Asked, type Naming, TOO_OLD } from '../../requests/door.ts';
import { inModal } from '../../requests/listen/answer.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';
import { onChange, onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import type { Db, Program } from '../../usecases/doing.ts';
import { addArea } from '../../usecases/programs/areas/add-area.ts';
import { changeArea } from '../../usecases/programs/areas/change-area.ts';
import { readAreas, readHoldings } from '../../usecases/programs/areas/read-areas.ts';
import { retireArea } from '../../usecases/programs/areas/retire-area.ts';
import { NO_ID, programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { renewSettings } from './renew-settings.ts';

/** A button beside an area: the area is its value, the program in the window's metadata. */
const areaInValue: Naming<{ areaId: number }> = (received) => {
  const { programId } = programInMetadata(received);
  return { programId, areaId: Number(received.value || NO_ID) };
};

/** A form of an area: its program, and the area where it is not a new one. */
const areaInMetadata: Naming<{ areaId: number | null }> = (received) => {
  const { programId, rest } = programInMetadata(received);
  return { programId, areaId: rest[0] ? Number(rest[0]) : null };
};

/** The areas of a program: a list on the page of the settings, and a form for each on top of it. */
export function registerAreas(deps: Deps): void {
  const { db } = deps;
  const list = async ({ program }: Asked): Promise<ModalView> =>
    areasModal(await readAreas(db, program), String(program.id));
  const renew = async (asked: Asked, said: readonly string[]) => {
    const { client, view } = asked;
    await inModal(client, view?.previous_view_id ?? undefined, await list(asked));
    await renewSettings(deps, asked, said);
  };

  onOpen(deps, LEAD_ACTIONS.openAreas, { right: 'lead', names: programInValue, view: list });
  onOpen(deps, LEAD_ACTIONS.addArea, {
    right: 'lead',
    names: programInValue,
    view: async ({ program }) => areaForm(null, String(program.id)),
  });
  onOpen(deps, LEAD_ACTIONS.openArea, {
    right: 'lead',
    names: areaInValue,
    view: async ({ program, named: { areaId } }) => {
      const { area, others } = await findArea(db, program, areaId);
      return areaForm(area, `${program.id}:${areaId}`, { isOnly: others.length === 0 });
    },
  });
  onChange(deps, LEAD_ACTIONS.openRetireArea, {
    right: 'lead',
    names: areaInValue,
    change: async ({ client, program, named: { areaId }, view }) => {
      const { area, others } = await findArea(db, program, areaId);
      const holdings = await readHoldings(db, areaId);
      await inModal(client, view?.id, retireAreaForm(area, others, holdings, `${program.id}:${areaId}`));
    },
  });

  onForm(deps, LEAD_VIEWS.area, {
    right: 'lead',
    names: areaInMetadata,
    inputs: AREA_INPUTS,
    work: (tx, { program, named: { areaId }, form, doing }) =>
      areaId === null
        ? addArea(tx, program, wantedIn(form), doing)
        : changeArea(tx, program, areaId, wantedIn(form), doing),
    answer: () => null,
    afterwards: renew,
  });
  onForm(deps, LEAD_VIEWS.retireArea, {
    right: 'lead',
    names: areaInMetadata,
    inputs: RETIRE_INPUTS,
    work: (tx, { program, named: { areaId }, form, doing }) =>
      retireArea(tx, program, areaId ?? NO_ID, Number(form.choice(RETIRE_INPUTS.into)), doing),
    answer: () => null,
    afterwards: renew,
  });
}

async function findArea(db: Db, program: Program, areaId: number): Promise<{ area: AreaFacts; others: AreaFacts[] }> {
  const areas = await readAreas(db, program);
  const area = areas.find(({ id }) => id === areaId);
  if (!area) throw new Refusal(TOO_OLD);
  return { area, others: areas.filter(({ id }) => id !== areaId) };
}

function wantedIn(form: FormAnswers) {
  return { name: cleanLine(form.text(AREA_INPUTS.name), AREA_NAME_LIMIT), labels: form.text(AREA_INPUTS.labels) };
}
