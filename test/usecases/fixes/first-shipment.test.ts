import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PullRow } from '../../../src/db/fixes/pull-requests.ts';
import type { CodeHost, Shipment } from '../../../src/domain/fixes/code-host.ts';
import type { ToldRelease } from '../../../src/domain/fixes/told-release.ts';
import { askCode, firstShipment, inOrder } from '../../../src/usecases/fixes/first-shipment.ts';
import { HOUR_MS, later, MONDAY } from '../../builders.ts';

// The commits of a branch are numbers that grow. A name that no tag has is told as null.
type Told = { hour: number; commit: number | null; environment: string | null };
const told = fc.record({
  hour: fc.integer({ min: 1, max: 20 }),
  commit: fc.option(fc.integer({ min: 1, max: 9 })),
  environment: fc.constantFrom(null, 'eu', 'us', 'staging'),
});
const listed = fc.record({ hour: fc.integer({ min: 1, max: 20 }), commit: fc.integer({ min: 1, max: 9 }) });
const MERGE = 5;

const at = (hour: number) => later(MONDAY, hour * HOUR_MS);
const toldAs = ({ hour, commit, environment }: Told, id: number): ToldRelease => ({
  ...{ id, version: commit === null ? 'unknown' : `v${commit}`, environment, releasedAt: at(hour), toldAt: at(hour) },
  ...{ commit: null, areaNamed: null, repository: null, branch: null, link: null },
});
const listedAs = ({ hour, commit }: { hour: number; commit: number }, id: number): Shipment => ({
  ...{ id: `release-${id}`, name: `v${commit}`, url: null, ref: String(commit), branch: null, at: at(hour) },
});
const code: Pick<CodeHost, 'contains' | 'findCommit'> = {
  findCommit: async ({ version }) => ({ ok: /^v(\d)$/.exec(version)?.[1] ?? null }),
  contains: async ({ ref }) => ({ ok: Number(ref) >= MERGE }),
};

async function look(pull: PullRow, shipments: ReturnType<typeof inOrder>, now: Date) {
  const ruleOut = async (_: number, ruledOut: readonly string[]) => {
    pull.ruledOut = ruledOut;
  };
  const reaching = { place: 'acme/api', isOnlyPlace: true, isItsArea: () => true, environments: ['eu', 'us'] };
  const first = await firstShipment({ ...askCode(code), now, ruleOut }, pull, { shipments, reaching });
  return 'ok' in first ? first.ok.shipment : first;
}
const aPull = () =>
  ({ id: 1, mergedAt: MONDAY, mergeSha: 'merge', base: 'main', ruledOut: [] as string[] }) as unknown as PullRow;

it('the first shipment is the same whenever one looks, and never goes where its fix is not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(told),
      fc.array(listed),
      fc.array(fc.integer({ min: 1, max: 20 })),
      async (ofSource, ofHost, looks) => {
        const all = inOrder(ofHost.map(listedAs), ofSource.map(toldAs));
        const atOnce = await look(aPull(), all, at(30));

        const pull = aPull();
        let step: Awaited<ReturnType<typeof look>> = null;
        for (const hour of [...looks.sort((a, b) => a - b), 30]) {
          step ??= await look(
            pull,
            all.filter((one) => one.at <= at(hour)),
            at(hour),
          );
        }
        expect(step).toEqual(atOnce);

        const has = (environment: string) =>
          [
            ...ofHost.filter(({ commit }) => commit >= MERGE),
            ...ofSource.filter(
              (one) => (one.commit ?? 0) >= MERGE && (one.environment === null || one.environment === environment),
            ),
          ].map(({ hour }) => at(hour).getTime());
        const reachedAt = Math.max(Math.min(...has('eu')), Math.min(...has('us')));
        expect(atOnce && 'at' in atOnce ? atOnce.at.getTime() : Number.POSITIVE_INFINITY).toBe(reachedAt);
      },
    ),
  );
});
