import { searchMessage } from '../blocks/grouping/search-message.ts';
import { ACTIONS, COMMAND } from '../blocks/kit/ids.ts';
import { counted, dayWords } from '../blocks/kit/words.ts';
import { didYouMean, helpMessage, note, refusalNote } from '../blocks/programs/help-message.ts';
import { assignedNote } from '../blocks/reminders/ownership-message.ts';
import { type Command, parseCommand } from '../domain/command.ts';
import { defectKey } from '../domain/vocabulary.ts';
import { type CommandListeners, onCommand } from '../requests/listen/on-command.ts';
import { assignOwner } from '../usecases/defects/change-defect.ts';
import { explainRank } from '../usecases/defects/explain-rank.ts';
import { listRank } from '../usecases/defects/list-rank.ts';
import { showDefect } from '../usecases/defects/show-defect.ts';
import { previewDigest } from '../usecases/digest/post-digest.ts';
import { sendCharts } from '../usecases/digest/send-charts.ts';
import { mergeDefects } from '../usecases/grouping/merge-defects.ts';
import { searchDefects } from '../usecases/grouping/offer-repeats.ts';
import { type Undone, undoGrouping } from '../usecases/grouping/undo-grouping.ts';
import { sendQuarter } from '../usecases/office/send-quarter.ts';
import { readBoard } from '../usecases/programs/read-board.ts';
import { showAudit } from '../usecases/programs/show-audit.ts';
import { tellProof } from '../usecases/proof/tell-proof.ts';
import { addTickets } from '../usecases/reports/add-tickets.ts';
import { linkTicket, unlinkTicket } from '../usecases/trackers/link-ticket.ts';
import { askToOpenTriage } from '../usecases/triage/open-triage-now.ts';
import type { Deps } from './deps.ts';
import { ruleFormFor, rulesList } from './grouping/rules.ts';
import { officeTeller } from './office/office-command.ts';
import { exporter } from './programs/export.ts';
import { openedSettings } from './programs/settings.ts';
import { snoozeForm } from './reminders/reminders.ts';
import { openReportForm } from './reports/open-report-form.ts';
import { type FormAction, formFor } from './triage/decision-forms.ts';

/** `/defect` and what may stand behind it. */
export function registerCommands(deps: Deps): void {
  const listeners = { ...reading(deps), ...acting(deps), ...opening(deps) };
  onCommand<Command>(deps, { name: COMMAND, meant: ACTIONS.meantCommand, parse: parseCommand, listeners });
}

const FOUND = 5;

function reading({ db }: Deps) {
  return {
    list: { right: 'read', says: ({ program, doing }, { filter }) => listRank(db, program, filter, 0, doing) },
    show: { right: 'read', says: ({ program, now }, { number }) => showDefect(db, program, number, now) },
    proof: { right: 'read', says: ({ program, now }, { number, on }) => tellProof(db, program, number, on, now) },
    why: { right: 'read', says: ({ program, now }, { number }) => explainRank(db, program, number, now) },
    search: {
      right: 'read',
      says: async ({ program, now }, { words }) =>
        searchMessage(words, await searchDefects(db, program, words, FOUND, now)),
    },
    digest: { right: 'read', says: ({ program, now }) => previewDigest(db, program, now) },
    board: { right: 'read', says: ({ program, role, doing }) => readBoard(db, program, role, doing) },
    help: { right: 'read', says: (_, { topic }) => helpMessage(topic) },
    unclear: { right: 'read', says: (_, { typed, meant }) => didYouMean(typed, meant) },
    misused: { right: 'read', says: (_, { words }) => refusalNote(words) },
  } satisfies Partial<CommandListeners<Command>>;
}

function acting({ gate }: Deps) {
  return {
    assign: {
      right: 'decide',
      check: ({ program, ...of }, { userId }) => gate.mustSee(of, program, userId),
      acts: async (tx, { program, doing }, { number, userId }) => {
        const { title } = await assignOwner(tx, program, number, userId, doing);
        return assignedNote({ number, title, ownerId: userId, by: doing.by });
      },
    },
    tickets: {
      right: 'decide',
      acts: async (tx, { program, doing }, command) => {
        const { defect, reportOn } = await addTickets(tx, program, command, doing);
        const { number, title, ticketTotal } = defect;
        const where = reportOn ? ` They count with its report of ${dayWords(reportOn)}.` : '';
        return note(`${defectKey(number)} ${title} stands for ${counted(ticketTotal, 'support ticket')} now.${where}`);
      },
    },
    link: {
      right: 'decide',
      acts: async (tx, { program, doing }, { number, url }) => {
        const { defect, key } = await linkTicket(tx, program, number, url, doing);
        return note(
          `${defectKey(number)} ${defect.title} is linked to ${key} now. /defect unlink ${number} ends that.`,
        );
      },
    },
    unlink: {
      right: 'decide',
      acts: async (tx, { program, doing }, { number, url }) => {
        const { key } = await unlinkTicket(tx, program, number, url, doing);
        return note(`${defectKey(number)} is no longer linked to ${key}. The ticket stays as it is.`);
      },
    },
    undo: {
      right: 'decide',
      acts: async (tx, { program, doing }, { number }) =>
        note(undoneWords(await undoGrouping(tx, program, number, doing))),
    },
    charts: { right: 'read', acts: (tx, { program, doing }) => sendCharts(tx, program, doing) },
    quarter: {
      right: 'read',
      acts: (tx, { program, doing }, { quarter }) => sendQuarter(tx, program, quarter, doing),
    },
    mergeInto: {
      right: 'decide',
      acts: async (tx, { program, doing }, { from, into }) => {
        const { merged, target, moved } = await mergeDefects(tx, program, from, into, doing);
        return note(
          `${defectKey(merged.number)} is part of ${defectKey(target.number)} now, with ${counted(moved, 'report')}. /defect undo ${merged.number} takes it back.`,
        );
      },
    },
  } satisfies Partial<CommandListeners<Command>>;
}

function opening(deps: Deps) {
  const { db } = deps;
  const decision = (action: FormAction) => ({
    right: 'decide' as const,
    opens: ({ program, userId, now }: Parameters<typeof formOf>[0], { number }: { number: number }) =>
      formOf({ program, userId, now }, action, number),
  });
  const formOf = (
    { program, userId, now }: { program: Parameters<typeof formFor>[1]; userId: string; now: Date },
    action: FormAction,
    number: number,
  ) => formFor(db, program, action, { ref: { number }, userId, now });
  return {
    form: { runs: (received) => openReportForm(deps, received, { prefill: {} }) },
    report: { runs: (received, { title }) => openReportForm(deps, received, { prefill: { title } }) },
    accept: decision(ACTIONS.accept),
    claim: decision(ACTIONS.claim),
    split: decision(ACTIONS.split),
    merge: decision(ACTIONS.merge),
    snooze: { right: 'decide', opens: ({ program, now }, { number }) => snoozeForm(db, program, number, now) },
    rule: { right: 'decide', opens: ({ program }, typed) => ruleFormFor(db, program, typed) },
    rules: { right: 'read', opens: ({ program, now }) => rulesList(db, program, now) },
    audit: { right: 'lead', says: ({ program }) => showAudit(db, program, 0) },
    settings: { right: 'lead', opens: ({ program, now }) => openedSettings(db, program, now) },
    triage: {
      right: 'decide',
      says: ({ program, client, now }) =>
        askToOpenTriage(db, program, now, async ({ channel, ts }) => {
          const found = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => null);
          return found?.permalink ?? null;
        }),
    },
    office: officeTeller(deps),
    export: exporter(deps),
  } satisfies Partial<CommandListeners<Command>>;
}

function undoneWords(undone: Undone): string {
  if (undone.kind === 'merge') {
    const { number, title, reportCount } = undone.restored;
    return `${defectKey(number)} ${title} stands by itself again, with ${counted(reportCount, 'report')}.`;
  }
  const { closed, whole } = undone;
  return `${defectKey(closed.number)} is part of ${defectKey(whole.number)} ${whole.title} again, with ${counted(whole.reportCount, 'report')}.`;
}
