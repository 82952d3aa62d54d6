import { ACTIONS, SHORTCUTS, VIEWS } from '../../blocks/kit/ids.ts';
import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { note } from '../../blocks/programs/help-message.ts';
import { alreadyReportedModal } from '../../blocks/reports/message-reported.ts';
import { filedModal, REPORT_INPUTS, reportModal } from '../../blocks/reports/report-modal.ts';
import { strangerFiledMessage, strangerFiledModal } from '../../blocks/reports/stranger-messages.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import {
  parseReportFields,
  type ReportDraft,
  type ReportField,
  type ReportFields,
} from '../../domain/reports/report-draft.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { TOO_OLD } from '../../requests/door.ts';
import { inModal, tellAlone } from '../../requests/listen/answer.ts';
import { readForm } from '../../requests/listen/form-answers.ts';
import { onButton, onChange, onRun } from '../../requests/listen/on-button.ts';
import { onForm, showAnswer } from '../../requests/listen/on-form.ts';
import { onShortcut } from '../../requests/listen/on-shortcut.ts';
import { listAreas } from '../../usecases/doing.ts';
import { offerRepeats } from '../../usecases/grouping/offer-repeats.ts';
import { answerMessage } from '../../usecases/reports/answer-message.ts';
import { fileReport } from '../../usecases/reports/file-report.ts';
import { findReported } from '../../usecases/reports/find-reported.ts';
import { joinFiled } from '../../usecases/reports/join-filed.ts';
import { tellOutcome } from '../../usecases/reports/tell-outcome.ts';
import { whatNow } from '../../usecases/reports/what-now.ts';
import { defectInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { openReportForm } from './open-report-form.ts';
import { filedMetadata, formInMetadata, formMetadata, readFields, sourceKeyOf, toldInView } from './report-state.ts';

export function registerReportForm(deps: Deps): void {
  const { db } = deps;
  onShortcut(deps, SHORTCUTS.fileDefect, (received) => openReportForm(deps, received, { prefill: {} }));
  onRun(deps, [ACTIONS.fileDefect, ACTIONS.meantReport], (received, actionId) =>
    openReportForm(deps, received, { prefill: actionId === ACTIONS.meantReport ? { title: received.value } : {} }),
  );

  onChange(deps, ACTIONS.titleTyped, {
    right: 'report',
    names: formInMetadata,
    change: async ({ client, program, role, view, named, now }) => {
      if (!view || role === 'stranger') return;
      const fields = readFields(readForm(view.state.values));
      const repeats = await offerRepeats(db, program, { title: fields.title ?? '' }, now);
      const offered = repeats.map(({ number }) => number);
      const called = repeats[0]?.chance ?? null;
      if (offered.join() === named.offered.join() && called === (named.called ?? null)) return;
      const form = {
        areas: await listAreas(db, program.id),
        prefill: {
          title: fields.title ?? '',
          description: fields.description ?? '',
          link: fields.link ?? '',
          ...(fields.seenAt ? { seenAt: fields.seenAt } : {}),
        },
        repeats,
        metadata: formMetadata({ ...named, offered, called }),
      };
      // A newer keystroke has changed the form already: its own answer will come.
      await client.views.update({ view_id: view.id, hash: view.hash, view: reportModal(form) }).catch(() => {});
    },
  });

  onForm(deps, VIEWS.report, {
    right: 'report',
    names: formInMetadata,
    inputs: REPORT_INPUTS,
    work: async (tx, { program, form, userId, view, named: { from }, doing, now }) => {
      const areas = await listAreas(tx, program.id);
      const draft = checkedDraft(readFields(form), areas, now);
      const sourceKey = sourceKeyOf(from, view.id);
      const incoming = { ...draft, reporterId: userId, source: 'slack' as const, sourceKey, filedAt: now };
      const { defect, kind, rule } = await fileReport(tx, program, incoming);
      if (from?.isTold) await answerMessage(tx, program, from, defect.number, doing);
      const filed = {
        number: defect.number,
        title: defect.title,
        area: areas.find(({ id }) => id === defect.areaId)?.name ?? '',
        joined: kind !== 'filed',
        reportCount: defect.reportCount,
        whatNow: (await whatNow(tx, program, defect, sourceKey, now)).source,
        ...(rule ? { byRule: rule.words } : {}),
      };
      return { filed, defectId: defect.id, isKnown: kind === 'repeated' };
    },
    answer: async ({ filed, defectId, isKnown }, { program, role, form, view, named: { from }, now }) => {
      if (role === 'stranger') return showAnswer(strangerFiledModal(filed.number));
      const known = isKnown && (await findReported(db, program, sourceKeyOf(from, view.id), now));
      if (known) return showAnswer(alreadyReportedModal({ programId: program.id, ...known }));
      const { title = '', description = '' } = readFields(form);
      const query = { title: title ?? '', description: description ?? '', excludeDefectId: defectId };
      const repeats = filed.byRule === undefined ? await offerRepeats(db, program, query, now) : [];
      const metadata = filedMetadata({ programId: program.id, number: filed.number });
      return showAnswer(filedModal({ ...filed, whatNow: new Mrkdwn(filed.whatNow), repeats, metadata }));
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
    work: async (tx, { program, named: { filed, from }, value, view, doing }) => {
      if (!view) throw new Refusal(TOO_OLD);
      const sourceKey = sourceKeyOf(from, view.id);
      const told = filed === null ? { fields: readFields(readForm(view.state.values)), sourceKey } : { filed };
      const defect = await joinFiled(tx, program, Number(value), told, doing);
      if (from?.isTold) await answerMessage(tx, program, from, defect.number, doing);
      const { number, title, reportCount } = defect;
      const key = filed === null ? sourceKey : null;
      return { number, title, reportCount, whatNow: (await whatNow(tx, program, defect, key, doing.now)).source };
    },
    tell: async (joined, asked) => {
      const metadata = filedMetadata({ programId: asked.program.id, number: joined.number });
      const modal = filedModal({
        ...joined,
        ...{ area: '', joined: true, repeats: [], metadata },
        whatNow: new Mrkdwn(joined.whatNow),
      });
      const words = `Your report is part of ${defectKey(joined.number)} ${joined.title} now.`;
      const shown = await inModal(asked.client, asked.view?.id, modal);
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
