import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { ACTIONS, SHORTCUTS, VIEWS } from '../../blocks/kit/ids.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { filedModal, REPORT_INPUTS, type ReportPrefill, reportModal } from '../../blocks/reports/report-modal.ts';
import { strangerFiledMessage, strangerFiledModal } from '../../blocks/reports/stranger-messages.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  parseReportFields,
  type ReportDraft,
  type ReportField,
  type ReportFields,
} from '../../domain/reports/report-draft.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { inModal, tellAlone } from '../../requests/answer.ts';
import { type Asked, type Naming, TOO_OLD } from '../../requests/door.ts';
import { type FormAnswers, readForm } from '../../requests/form-answers.ts';
import { onButton, onChange, onRun } from '../../requests/on-button.ts';
import { onForm, showAnswer } from '../../requests/on-form.ts';
import { onMessageShortcut, onShortcut, type ShortcutMessage } from '../../requests/on-shortcut.ts';
import type { Received, ReceivedView } from '../../requests/received.ts';
import { listAreas, type ProgramAndAreas } from '../../usecases/doing.ts';
import { offerRepeats } from '../../usecases/grouping/offer-repeats.ts';
import { fileReport } from '../../usecases/reports/file-report.ts';
import { joinFiled } from '../../usecases/reports/join-filed.ts';
import { tellOutcome } from '../../usecases/reports/tell-outcome.ts';
import { defectInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

const formState = z.object({ programId: z.number(), offered: z.array(z.number()) });
const filedState = z.object({ programId: z.number(), number: z.number() });

const formInMetadata: Naming<z.infer<typeof formState>> = ({ view }) =>
  formState.parse(JSON.parse(view?.private_metadata ?? '{}'));

/** A report that is still being filled in, or one that was filed as the defect of a number. */
const toldInView: Naming<{ filed: number | null }> = (received) => {
  if (received.view?.callback_id === VIEWS.report) return { ...formInMetadata(received), filed: null };
  const { programId, number } = filedState.parse(JSON.parse(received.view?.private_metadata ?? '{}'));
  return { programId, filed: number };
};

export function registerReportForm(deps: Deps): void {
  const { db } = deps;
  onShortcut(deps, SHORTCUTS.fileDefect, (received) => openReportForm(deps, received, {}));
  onMessageShortcut(deps, SHORTCUTS.reportMessage, async (received, message, channelId) => {
    const link = await permalinkOf(received.client, channelId, message.ts);
    await openReportForm(deps, received, prefillFromMessage(message, link));
  });
  onRun(deps, [ACTIONS.fileDefect, ACTIONS.meantReport], (received, actionId) =>
    openReportForm(deps, received, actionId === ACTIONS.meantReport ? { title: received.value } : {}),
  );

  onChange(deps, ACTIONS.titleTyped, {
    right: 'report',
    names: formInMetadata,
    change: async ({ client, program, role, view, named, now }) => {
      if (!view || role === 'stranger') return;
      const fields = readFields(readForm(view.state.values));
      const repeats = await offerRepeats(db, program, { title: fields.title ?? '' }, now);
      const offered = repeats.map(({ number }) => number);
      if (offered.join() === named.offered.join()) return;
      const form = {
        areas: await listAreas(db, program.id),
        prefill: { title: fields.title ?? '', description: fields.description ?? '', link: fields.link ?? '' },
        repeats,
        metadata: JSON.stringify({ programId: program.id, offered } satisfies z.infer<typeof formState>),
      };
      // A newer keystroke has changed the form already: its own answer will come.
      await client.views.update({ view_id: view.id, hash: view.hash, view: reportModal(form) }).catch(() => {});
    },
  });

  onForm(deps, VIEWS.report, {
    right: 'report',
    names: formInMetadata,
    inputs: REPORT_INPUTS,
    work: async (tx, { program, form, userId, view, now }) => {
      const areas = await listAreas(tx, program.id);
      const draft = checkedDraft(readFields(form), areas, now);
      const incoming = { ...draft, reporterId: userId, source: 'slack' as const, sourceKey: view.id, filedAt: now };
      const { defect, kind, rule } = await fileReport(tx, program, incoming);
      const filed = {
        number: defect.number,
        title: defect.title,
        area: areas.find(({ id }) => id === defect.areaId)?.name ?? '',
        joined: kind === 'joined',
        reportCount: defect.reportCount,
        ...(rule ? { byRule: rule.words } : {}),
      };
      return { filed, defectId: defect.id };
    },
    answer: async ({ filed, defectId }, { program, role, form, now }) => {
      if (role === 'stranger') return showAnswer(strangerFiledModal(filed.number));
      const { title = '', description = '' } = readFields(form);
      const query = { title: title ?? '', description: description ?? '', excludeDefectId: defectId };
      const repeats = filed.byRule === undefined ? await offerRepeats(db, program, query, now) : [];
      const metadata = JSON.stringify({ programId: program.id, number: filed.number } satisfies z.infer<
        typeof filedState
      >);
      return showAnswer(filedModal({ ...filed, repeats, metadata }));
    },
    afterwards: async ({ client, program, role, userId }, { filed }) => {
      if (role !== 'stranger') return;
      const ref = { programId: program.id, number: filed.number };
      await client.chat.postMessage({ channel: userId, ...strangerFiledMessage(ref) });
    },
  });

  onButton(deps, ACTIONS.joinRepeat, {
    right: 'read',
    names: toldInView,
    work: async (tx, { program, named: { filed }, value, view, doing }) => {
      if (!view) throw new Refusal(TOO_OLD);
      const told = filed === null ? { fields: readFields(readForm(view.state.values)), sourceKey: view.id } : { filed };
      const { number, title, reportCount } = await joinFiled(tx, program, Number(value), told, doing);
      return { number, title, reportCount };
    },
    tell: async (joined, asked) => {
      const words = `Your report is part of ${defectKey(joined.number)} ${joined.title} now.`;
      const shown = await inModal(asked.client, asked.view?.id, joinedModal(joined, asked));
      if (!shown) await tellAlone(asked)(note(words));
    },
  });

  onButton(deps, ACTIONS.reportOutcome, {
    right: 'report',
    names: defectInValue,
    work: (tx, { program, named: { number }, userId }) => tellOutcome(tx, program, number, userId),
    tell: (words, asked) => tellAlone(asked)(note(words)),
  });
}

/** Opens the form of the program of a channel: Slack lets three seconds pass, so it asks as little as it can before. */
export async function openReportForm(deps: Deps, received: Received, prefill: ReportPrefill): Promise<void> {
  const { client, triggerId } = received;
  const { known, changed } = await deps.programs.of(received.workspaceId);
  const ask = { ...received, right: 'report' as const };
  const { program, role } = await deps.gate.admit(
    ask,
    known.map((one) => one.program),
  );
  const formOf = async ({ areas }: ProgramAndAreas) => {
    const query = { title: prefill.title ?? '' };
    const repeats =
      query.title && role !== 'stranger' ? await offerRepeats(deps.db, program, query, deps.clock.now()) : [];
    const offered = repeats.map(({ number }) => number);
    const metadata = JSON.stringify({ programId: program.id, offered } satisfies z.infer<typeof formState>);
    return reportModal({ areas, prefill, repeats, metadata });
  };
  const among = (programs: readonly ProgramAndAreas[]) => programs.find((one) => one.program.id === program.id);
  const here = among(known);
  if (!here) throw new Error('A program that was let through is not among those known.');
  const opening = client.views.open({ trigger_id: triggerId, view: await formOf(here) });
  const [{ view }, later] = await Promise.all([opening, changed().catch(() => null)]);
  const now = later && among(later);
  // Somebody who has begun to fill it in keeps it as it is.
  if (now && view?.id && JSON.stringify(now.areas) !== JSON.stringify(here.areas))
    await client.views.update({ view_id: view.id, hash: view.hash, view: await formOf(now) }).catch(() => {});
}

function joinedModal(
  joined: { number: number; title: string; reportCount: number },
  { program }: Asked & { view: ReceivedView | undefined },
) {
  const metadata = JSON.stringify({ programId: program.id, number: joined.number });
  return filedModal({ ...joined, area: '', joined: true, repeats: [], metadata });
}

/** The report as the form tells it, or the Refusal of everything that is wrong with it. */
function checkedDraft(fields: ReportFields, areas: readonly { id: number }[], now: Date): ReportDraft {
  const checked = parseReportFields(
    fields,
    areas.map(({ id }) => id),
    now,
  );
  if ('draft' in checked) return checked.draft;
  const [[field, words] = ['title', ''], ...others] = Object.entries(checked.errors) as [ReportField, string][];
  throw new Refusal(words, field, Object.fromEntries(others));
}

function readFields(form: FormAnswers): ReportFields {
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

/** A message's first line is the title; all of it, with who wrote it, is what happened. */
function prefillFromMessage({ text, userId }: ShortcutMessage, link: string | undefined): ReportPrefill {
  const [firstLine = ''] = text.split('\n');
  const author = userId ? `\n\nWritten by <@${userId}>` : '';
  return { title: firstLine, description: `${text}${author}`, ...(link ? { link } : {}) };
}

async function permalinkOf(client: WebClient, channel: string, ts: string): Promise<string | undefined> {
  if (!/^\d+\.\d+$/.test(ts)) return undefined;
  const answered = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => undefined);
  return answered?.permalink;
}
