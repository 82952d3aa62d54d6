import type { ModalView } from '@slack/types';
import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { noticeModal } from '../../blocks/kit/notice-modal.ts';
import { alreadyReportedModal } from '../../blocks/reports/message-reported.ts';
import { type ReportPrefill, reportModal } from '../../blocks/reports/report-modal.ts';
import type { Role } from '../../domain/people/roles.ts';
import { messageKey } from '../../domain/reports/plain-words.ts';
import type { Received } from '../../requests/once/received.ts';
import type { Program, ProgramAndAreas } from '../../usecases/doing.ts';
import { offerRepeats } from '../../usecases/grouping/offer-repeats.ts';
import { findReported } from '../../usecases/reports/find-reported.ts';
import type { Deps } from '../deps.ts';
import { formMetadata, type MessageRef } from './report-state.ts';

/** What a form is opened with; `from` is the message that is reported. */
export type Opening = { prefill: ReportPrefill; from?: Omit<MessageRef, 'isTold'> | undefined };

/** Opens the form of the program of a channel: Slack lets three seconds pass, so it asks as little as it can before. */
export async function openReportForm(deps: Deps, received: Received, { prefill, from }: Opening): Promise<void> {
  const { client, triggerId } = received;
  const { known, changed } = await deps.programs.of(received.workspaceId);
  const ask = { ...received, right: 'report' as const };
  const { program, role } = await deps.gate.admit(
    ask,
    known.map((one) => one.program),
  );
  const already = from && (await alreadyReported(deps, program, role, from));
  if (already) {
    await client.views.open({ trigger_id: triggerId, view: already });
    return;
  }
  const message = from && { ...from, isTold: await mayBeTold(deps, received, program, from) };
  const now = deps.clock.now();
  const formOf = async ({ areas }: ProgramAndAreas) => {
    const query = { title: prefill.title ?? '' };
    const repeats = query.title && role !== 'stranger' ? await offerRepeats(deps.db, program, query, now) : [];
    const offered = repeats.map(({ number }) => number);
    const metadata = formMetadata({
      programId: program.id,
      offered,
      called: repeats[0]?.chance ?? null,
      ...(message ? { from: message } : {}),
    });
    return reportModal({ areas, prefill: { seenAt: now, ...prefill }, repeats, metadata });
  };
  const among = (programs: readonly ProgramAndAreas[]) => programs.find((one) => one.program.id === program.id);
  const here = among(known);
  if (!here) throw new Error('A program that was let through is not among those known.');
  const opening = client.views.open({ trigger_id: triggerId, view: await formOf(here) });
  const [{ view }, later] = await Promise.all([opening, changed().catch(() => null)]);
  const changedTo = later && among(later);
  // Somebody who has begun to fill it in keeps it as it is.
  if (changedTo && view?.id && JSON.stringify(changedTo.areas) !== JSON.stringify(here.areas))
    await client.views.update({ view_id: view.id, hash: view.hash, view: await formOf(changedTo) }).catch(() => {});
}

async function alreadyReported(
  { db, clock }: Deps,
  program: Program,
  role: Role,
  from: Omit<MessageRef, 'isTold'>,
): Promise<ModalView | null> {
  const known = await findReported(db, program, messageKey(from), clock.now());
  if (!known) return null;
  if (role === 'stranger') return noticeModal('Reported', mrkdwn`This message has been reported already. Thank you.`);
  return alreadyReportedModal({ programId: program.id, ...known });
}

async function mayBeTold(
  { directory }: Deps,
  received: Received,
  program: Program,
  { channelId }: Omit<MessageRef, 'isTold'>,
): Promise<boolean> {
  return channelId === program.channelId || (await directory.isPrivate(received, program.channelId)) === false;
}
