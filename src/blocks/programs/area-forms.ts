import type { ModalView } from '@slack/types';
import { AREA_NAME_LIMIT } from '../../domain/programs/areas.ts';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../kit/ids.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, option, plain, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';
import { settingsForm } from './settings-form.ts';

/** An area as the settings show it. */
export type AreaFacts = { id: number; name: string; labels: readonly string[]; openDefects: number };

export const AREA_INPUTS = { name: 'name', labels: 'labels' } as const;
export const RETIRE_INPUTS = { into: 'into' } as const;

/** Slack takes a hundred blocks in a window; each area has one or two. */
const SHOWN = 45;

export function areasModal(areas: readonly AreaFacts[], metadata: string): ModalView {
  return {
    type: 'modal',
    private_metadata: metadata,
    title: plain('Areas', 24),
    close: plain('Back', 24),
    blocks: [
      section(
        mrkdwn`The parts of the product that defects hurt.`,
        button(LEAD_ACTIONS.addArea, 'Add an area', metadata, { style: 'primary' }),
      ),
      ...areas
        .slice(0, SHOWN)
        .map((area) =>
          section(
            joinMrkdwn([
              mrkdwn`*${area.name}*  ${counted(area.openDefects, 'open defect')}`,
              ...(area.labels.length > 0 ? [mrkdwn`Senders also call it ${area.labels.join(', ')}.`] : []),
            ]),
            button(LEAD_ACTIONS.openArea, 'Change', String(area.id), { spoken: `Change the area ${area.name}` }),
          ),
        ),
    ],
  };
}

/** `area` is null for a new one. */
export function areaForm(area: AreaFacts | null, metadata: string, { isOnly = false } = {}): ModalView {
  return settingsForm(
    LEAD_VIEWS.area,
    area ? 'Area' : 'New area',
    metadata,
    [
      textInput(AREA_INPUTS.name, { label: 'Name', limit: AREA_NAME_LIMIT, initial: area?.name }),
      textInput(AREA_INPUTS.labels, {
        label: 'Labels by which senders call it',
        hint: 'With commas between them. Their reports come to this area. An old name becomes a label by itself.',
        limit: 1000,
        initial: area?.labels.join(', '),
        optional: true,
      }),
      ...(area && !isOnly
        ? [
            actions('retire', [
              button(LEAD_ACTIONS.openRetireArea, 'Retire this area', String(area.id), {
                spoken: `Retire the area ${area.name}`,
              }),
            ]),
          ]
        : []),
    ],
    area ? 'Save' : 'Add',
  );
}

/** What goes with an area that is retired. */
export type AreaHoldings = { defects: number; sources: number; rules: number };

export function retireAreaForm(
  area: AreaFacts,
  others: readonly { id: number; name: string }[],
  holdings: AreaHoldings,
  metadata: string,
): ModalView {
  const { defects, sources, rules } = holdings;
  return settingsForm(
    LEAD_VIEWS.retireArea,
    'Retire an area',
    metadata,
    [
      section(
        mrkdwn`*${area.name}* has ${counted(defects, 'defect')}, ${counted(sources, 'source')} and ${counted(rules, 'grouping rule')}. All of them move to the area that you choose, and senders that say “${area.name}” mean that one from then on.`,
      ),
      choiceInput(RETIRE_INPUTS.into, {
        label: 'Retire it into',
        options: others.slice(0, 100).map(({ id, name }) => option(name, String(id))),
      }),
    ],
    'Retire',
  );
}
