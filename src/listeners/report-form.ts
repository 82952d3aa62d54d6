import type { App, BlockAction, ButtonAction, ViewStateValue } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { note } from '../blocks/help-message.ts';
import { ACTIONS, SHORTCUTS, VIEWS } from '../blocks/ids.ts';
import { filedModal, REPORT_INPUTS, type ReportPrefill, reportModal } from '../blocks/report-modal.ts';
import type { ReportField, ReportFields } from '../domain/report-draft.ts';
import { parseReportFields } from '../domain/report-draft.ts';
import { defectKey } from '../domain/vocabulary.ts';
import type { Db } from '../usecases/doing.ts';
import { fileReport } from '../usecases/file-report.ts';
import { listAreas, type ProgramAndAreas, programNamed } from '../usecases/find-program.ts';
import { joinFiled } from '../usecases/join-filed.ts';
import { offerRepeats } from '../usecases/offer-repeats.ts';
import { submitOnce } from '../usecases/submit-once.ts';
import { act } from './act.ts';
import { show, wordsFor } from './answer.ts';
import type { Deps } from './deps.ts';
import type { AskedFrom } from './known-programs.ts';
import { inModal, teamOf, tellAlone } from './slack-context.ts';
import { submissionOf } from './submission.ts';

type Values = Record<string, Record<string, ViewStateValue>>;

const formState = z.object({ programId: z.number(), offered: z.array(z.number()) });
const filedState = z.object({ programId: z.number(), number: z.number() });

export function registerReportForm(app: App, deps: Deps): void {
  app.shortcut(SHORTCUTS.fileDefect, async ({ ack, body, client }) => {
    await ack();
    await show(deps, tellAlone(client, body.user.id), async () => {
      await openReportForm(deps, client, { workspaceId: teamOf(body) }, body.trigger_id, {});
    });
  });

  app.shortcut({ callback_id: SHORTCUTS.reportMessage, type: 'message_action' }, async ({ ack, body, client }) => {
    await ack();
    await show(deps, tellAlone(client, body.user.id, body.channel.id), async () => {
      const from = { workspaceId: teamOf(body), channelId: body.channel.id };
      const link = await permalinkOf(client, body.channel.id, body.message.ts);
      await openReportForm(deps, client, from, body.trigger_id, prefillFromMessage(body.message, link));
    });
  });

  app.action<BlockAction<ButtonAction>>(ACTIONS.fileDefect, async ({ ack, body, client }) => {
    await ack();
    await show(deps, tellAlone(client, body.user.id, body.channel?.id), async () => {
      const from = { workspaceId: teamOf(body), channelId: body.channel?.id };
      await openReportForm(deps, client, from, body.trigger_id, {});
    });
  });

  app.action<BlockAction>(ACTIONS.titleTyped, async ({ ack, body, client }) => {
    await ack();
    const view = body.view;
    if (!view) return;
    const state = formState.parse(JSON.parse(view.private_metadata));
    const program = await programNamed(deps.db, teamOf(body), state.programId);
    const fields = readFields(view.state.values);
    const repeats = await offerRepeats(deps.db, program, { title: fields.title ?? '' }, deps.clock.now());
    const offered = repeats.map(({ number }) => number);
    if (offered.join() === state.offered.join()) return;
    const form = {
      areas: await listAreas(deps.db, program.id),
      prefill: { title: fields.title ?? '', description: fields.description ?? '', link: fields.link ?? '' },
      repeats,
      metadata: JSON.stringify({ programId: program.id, offered } satisfies z.infer<typeof formState>),
    };
    // A newer keystroke has changed the form already: its own answer will come.
    await client.views.update({ view_id: view.id, hash: view.hash, view: reportModal(form) }).catch(() => {});
  });

  app.view(VIEWS.report, async ({ ack, body, view }) => {
    try {
      const { programId } = formState.parse(JSON.parse(view.private_metadata));
      const program = await programNamed(deps.db, teamOf(body), programId);
      const now = deps.clock.now();
      const areas = await listAreas(deps.db, program.id);
      const checked = parseReportFields(
        readFields(view.state.values),
        areas.map(({ id }) => id),
        now,
      );
      if ('errors' in checked) {
        await ack({ response_action: 'errors', errors: byBlock(checked.errors) });
        return;
      }
      const incoming = {
        ...checked.draft,
        reporterId: body.user.id,
        source: 'slack' as const,
        sourceKey: view.id,
        filedAt: now,
      };
      const { said } = await submitOnce(deps.db, submissionOf(body, view, now), async (db) => {
        const { defect, kind, rule } = await fileReport(db, program, incoming);
        const filed = {
          number: defect.number,
          title: defect.title,
          area: areas.find(({ id }) => id === defect.areaId)?.name ?? '',
          joined: kind === 'joined',
          reportCount: defect.reportCount,
          ...(rule ? { byRule: rule.words } : {}),
        };
        return { filed, defectId: defect.id };
      });
      const { filed, defectId } = said;
      const { title, description } = checked.draft;
      const query = { title, description, excludeDefectId: defectId };
      const repeats = filed.byRule === undefined ? await offerRepeats(deps.db, program, query, now) : [];
      const metadata = JSON.stringify({ programId, number: filed.number } satisfies z.infer<typeof filedState>);
      await ack({ response_action: 'update', view: filedModal({ ...filed, repeats, metadata }) });
      deps.wake();
    } catch (error) {
      await ack({ response_action: 'errors', errors: { [REPORT_INPUTS.title]: wordsFor(deps, error) } });
    }
  });

  app.action<BlockAction<ButtonAction>>(ACTIONS.joinRepeat, async ({ ack, body, context, action, client }) => {
    const alone = tellAlone(client, body.user.id);
    const join = body.view?.callback_id === VIEWS.report ? joinFromForm : joinAfterFiling;
    const work = (db: Db) => join({ ...deps, db }, body, Number(action.value));
    await act(deps, { ack, body, context }, alone, work, async (joined) => {
      const words = `Your report is part of ${defectKey(joined.number)} ${joined.title} now.`;
      if (!(await inModal(client, body.view?.id, joinedModal(joined)))) await alone(note(words));
    });
  });
}

/** Opens the form of the program of a channel: Slack lets three seconds pass, so it asks as little as it can before. */
export async function openReportForm(
  deps: Deps,
  client: WebClient,
  from: AskedFrom,
  triggerId: string,
  prefill: ReportPrefill,
): Promise<void> {
  const { known, changed } = await deps.programs.of(from);
  const formOf = async ({ program, areas }: ProgramAndAreas) => {
    const query = { title: prefill.title ?? '' };
    const repeats = query.title ? await offerRepeats(deps.db, program, query, deps.clock.now()) : [];
    const offered = repeats.map(({ number }) => number);
    const metadata = JSON.stringify({ programId: program.id, offered } satisfies z.infer<typeof formState>);
    return reportModal({ areas, prefill, repeats, metadata });
  };
  const opening = client.views.open({ trigger_id: triggerId, view: await formOf(known) });
  const [{ view }, now] = await Promise.all([opening, changed().catch(() => null)]);
  // Somebody who has begun to fill it in keeps it as it is.
  if (now && view?.id)
    await client.views.update({ view_id: view.id, hash: view.hash, view: await formOf(now) }).catch(() => {});
}

/** "This is it" while the form is open: what has been filled in so far becomes a report of that defect. */
async function joinFromForm(deps: Deps, body: BlockAction, number: number): Promise<Joined> {
  const view = body.view;
  if (!view) throw new Error('A form without its view.');
  const { programId } = formState.parse(JSON.parse(view.private_metadata));
  const program = await programNamed(deps.db, teamOf(body), programId);
  const doing = { by: body.user.id, now: deps.clock.now() };
  const told = { fields: readFields(view.state.values), sourceKey: view.id };
  return joinedTo(programId, await joinFiled(deps.db, program, number, told, doing));
}

/** "This is it" after the report was filed as a new defect: the new one merges into the known one. */
async function joinAfterFiling(deps: Deps, body: BlockAction, number: number): Promise<Joined> {
  const { programId, number: filed } = filedState.parse(JSON.parse(body.view?.private_metadata ?? ''));
  const program = await programNamed(deps.db, teamOf(body), programId);
  const doing = { by: body.user.id, now: deps.clock.now() };
  return joinedTo(programId, await joinFiled(deps.db, program, number, { filed }, doing));
}

type Joined = { programId: number; number: number; title: string; reportCount: number };

function joinedTo(programId: number, { number, title, reportCount }: Omit<Joined, 'programId'>): Joined {
  return { programId, number, title, reportCount };
}

function joinedModal({ programId, ...defect }: Joined): ModalView {
  return filedModal({
    ...defect,
    area: '',
    joined: true,
    repeats: [],
    metadata: JSON.stringify({ programId, number: defect.number }),
  });
}

function readFields(values: Values): ReportFields {
  const one = (id: string) => Object.values(values[id] ?? {})[0];
  const seenAt = one(REPORT_INPUTS.seenAt)?.selected_date_time;
  return {
    title: one(REPORT_INPUTS.title)?.value,
    description: one(REPORT_INPUTS.description)?.value,
    area: one(REPORT_INPUTS.area)?.selected_option?.value,
    severity: one(REPORT_INPUTS.severity)?.selected_option?.value,
    affected: one(REPORT_INPUTS.affected)?.value,
    supportTickets: one(REPORT_INPUTS.supportTickets)?.value,
    environment: one(REPORT_INPUTS.environment)?.value,
    seenAt: typeof seenAt === 'number' ? new Date(seenAt * 1000) : null,
    link: one(REPORT_INPUTS.link)?.value,
  };
}

function byBlock(errors: Partial<Record<ReportField, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, words]) => [REPORT_INPUTS[field as ReportField], words]),
  );
}

/** A message's first line is the title; all of it, with who wrote it, is what happened. */
function prefillFromMessage(message: { text?: string; user?: string }, link: string | undefined): ReportPrefill {
  const text = message.text ?? '';
  const [firstLine = ''] = text.split('\n');
  const author = message.user ? `\n\nWritten by <@${message.user}>` : '';
  return { title: firstLine, description: `${text}${author}`, ...(link ? { link } : {}) };
}

async function permalinkOf(client: WebClient, channel: string, ts: string): Promise<string | undefined> {
  const answered = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => undefined);
  return answered?.permalink;
}
