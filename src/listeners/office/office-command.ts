import { officeMessage } from '../../blocks/office/office-message.ts';
import { note } from '../../blocks/programs/help-message.ts';
import type { OfficeCommand } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { meantQuarter, quarterWords } from '../../domain/office/quarter.ts';
import { admit, namesNothing } from '../../requests/door.ts';
import { mayRead, readableBy, readableChannel } from '../../requests/gate/who-reads.ts';
import type { SwiftListener } from '../../requests/listen/on-command.ts';
import type { Received } from '../../requests/once/received.ts';
import { endOf, gatherOffice, type Lookback } from '../../usecases/office/gather-office.ts';
import { listOfficePrograms, listOfficesNear, type Office } from '../../usecases/office/read-offices.ts';
import { sendOffice } from '../../usecases/office/send-office.ts';
import type { Deps } from '../deps.ts';

const NO_OFFICE =
  'There is no office that you may read. The lead of a program joins one in `/defect settings`, Office; it is for those in its channel.';

/** `/defect office`: the page of an office for those who may read its channel, with the names that each of them may read. */
export function officeTeller(deps: Deps): SwiftListener<OfficeCommand> {
  return {
    runs: async (received, { quarter: typed }, tell) => {
      const office = await findReadable(deps, received);
      if (!office) {
        // Whoever reads no program is told nothing of offices either.
        await admit(deps, received, { right: 'read', names: namesNothing });
        throw new Refusal(NO_OFFICE);
      }
      const now = deps.clock.now();
      const lookback: Lookback =
        typed === null ? { kind: 'weeks' } : { kind: 'quarter', quarter: meantQuarter(typed, now, office.timeZone) };
      const programs = await listOfficePrograms(deps.db, office.id, endOf(lookback, office, now));
      const reading = { mayRead: await readableBy(deps, programs, received.userId), now };
      if (lookback.kind !== 'quarter') {
        await tell(officeMessage(await gatherOffice(deps.db, office, lookback, reading)));
        return;
      }
      await sendOffice(deps.db, office, lookback, reading, received);
      deps.wake();
      await tell(
        note(`The office's report of ${quarterWords(lookback.quarter)} is on its way to your direct messages with me.`),
      );
    },
  };
}

/** The office of the channel where somebody asks, else the first that they may read. */
async function findReadable(deps: Deps, received: Received): Promise<Office | undefined> {
  const { workspaceId, userId, channelId } = received;
  const near = await listOfficesNear(deps.db, workspaceId);
  const isHere = (office: Office) => office.channelId === channelId;
  for (const office of [...near.filter(isHere), ...near.filter((office) => !isHere(office))]) {
    if (await mayRead(deps, office.workspaceId, readableChannel(office), userId)) return office;
  }
  return undefined;
}
