import { z } from 'zod';
import { VIEWS } from '../../blocks/kit/ids.ts';
import { REPORT_INPUTS } from '../../blocks/reports/report-modal.ts';
import { CHANCE_WORDS } from '../../domain/grouping/chance.ts';
import { messageKey } from '../../domain/reports/plain-words.ts';
import type { ReportFields } from '../../domain/reports/report-draft.ts';
import type { Naming } from '../../requests/door.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';

const messageRef = z.object({
  channelId: z.string().regex(/^[CDG][A-Z0-9]{2,30}$/),
  ts: z.string().regex(/^\d{9,11}\.\d{1,6}$/),
  threadTs: z.string().regex(/^\d{9,11}\.\d{1,6}$/),
  /** Whether its thread is told the key: where the program is private, other channels must not hear of it. */
  isTold: z.boolean(),
});
/** The message that is reported. */
export type MessageRef = z.infer<typeof messageRef>;

const formState = z.object({
  programId: z.number(),
  offered: z.array(z.number()),
  /** The word for the chance of the first that is offered. */
  called: z.enum(CHANCE_WORDS).nullish(),
  from: messageRef.optional(),
});
const filedState = z.object({ programId: z.number(), number: z.number() });

export function formMetadata(state: z.infer<typeof formState>): string {
  return JSON.stringify(state);
}

export function filedMetadata(state: z.infer<typeof filedState>): string {
  return JSON.stringify(state);
}

export const formInMetadata: Naming<z.infer<typeof formState>> = ({ view }) =>
  formState.parse(JSON.parse(view?.private_metadata ?? '{}'));

type Told = { filed: number | null; from?: MessageRef | undefined };

/** A report that is still being filled in, or one that was filed as the defect of a number. */
export const toldInView: Naming<Told> = (received) => {
  if (received.view?.callback_id === VIEWS.report) return { ...formInMetadata(received), filed: null };
  const { programId, number } = filedState.parse(JSON.parse(received.view?.private_metadata ?? '{}'));
  return { programId, filed: number };
};

/** What makes a report known when it comes again: the message that it is of, else the window it was filled in. */
export function sourceKeyOf(from: MessageRef | undefined, viewId: string): string {
  return from ? messageKey(from) : viewId;
}

export function readFields(form: FormAnswers): ReportFields {
  return {
    title: form.text(REPORT_INPUTS.title),
    description: form.text(REPORT_INPUTS.description),
    area: form.choice(REPORT_INPUTS.area),
    severity: form.choice(REPORT_INPUTS.severity),
    affected: form.text(REPORT_INPUTS.affected),
    supportTickets: form.text(REPORT_INPUTS.supportTickets),
    environment: form.text(REPORT_INPUTS.environment),
    seenAt: form.moment(REPORT_INPUTS.seenAt),
    link: form.text(REPORT_INPUTS.link),
  };
}
