import { SIGNAL_WORDS } from '../../blocks/signals/signal-kinds.ts';
import { rulesWords } from '../../blocks/signals/source-rules-modal.ts';
import type { Db } from '../../db/engine/client.ts';
import type { KeyRing } from '../../db/engine/sealed.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { listAreas, type Program } from '../../db/programs/programs.ts';
import { sealSecret } from '../../db/signals/signal-secrets.ts';
import {
  hashOf,
  insertSignalSource,
  lockSignalSource,
  type NewSignalSource,
  type SignalSource,
  updateSignalSource,
} from '../../db/signals/signal-sources.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { parseSignalMapping } from '../../domain/signals/senders/generic-json.ts';
import { SIGNAL_KINDS } from '../../domain/signals/signal.ts';
import { rulesOf } from '../../domain/signals/source-rules.ts';
import { parseRules, type TypedRules } from '../../domain/signals/typed-rules.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { SEVERITIES } from '../../domain/vocabulary.ts';
import type { Doing } from '../doing.ts';

/** A source as its form was filled in. */
export type WantedSource = {
  kind: string | null;
  name: string;
  areaId: number;
  severity: string | null;
  mapping: string;
  /** Null until the sender gives one. */
  secret: string | null;
};

/** How long the secret before the last still counts. */
const OVERLAP_MS = DAY_MS;

/** Adds a source under a token that nobody can guess. What is wrong is a Refusal that names its field. */
export async function addSignalSource(
  db: Db,
  program: Program,
  wanted: WantedSource,
  { token, keys }: { token: string; keys: KeyRing },
  doing: Doing,
): Promise<SignalSource> {
  const kind = SIGNAL_KINDS.find((one) => one === wanted.kind);
  if (!kind) throw new Refusal('Pick who sends.', 'kind');
  const severity = SEVERITIES.find((one) => one === wanted.severity);
  if (!severity) throw new Refusal('Pick a severity, S1 to S4.', 'severity');
  const name = cleanLine(wanted.name, 60);
  if (!name) throw new Refusal('Give it a name that people recognise.', 'name');
  const area = (await listAreas(db, program.id)).find(({ id }) => id === wanted.areaId);
  if (!area) throw new Refusal('Pick the area that it hurts.', 'area');
  const mapping = parseSignalMapping(kind === 'json' ? wanted.mapping : '');
  if ('bad' in mapping) throw new Refusal(mapping.bad, 'mapping');
  const owner = { workspaceId: program.workspaceId, tokenHash: hashOf(token) };
  const source: NewSignalSource = {
    programId: program.id,
    kind,
    name,
    areaId: wanted.areaId,
    severity,
    mapping: kind === 'json' ? mapping.ok : null,
    token,
    secrets: wanted.secret === null ? [] : [sealSecret(keys, checkedSecret(wanted.secret), owner)],
    createdBy: doing.by,
    createdAt: doing.now,
  };
  return db.transaction(async (tx) => {
    const added = await insertSignalSource(tx, source);
    await insertAudit(tx, program.id, doing, [
      {
        kind: 'source_added',
        subject: name,
        before: null,
        after: `${SIGNAL_WORDS[kind].label}, ${area.name}, ${severity}`,
      },
    ]);
    return added;
  });
}

/** Takes a new secret at once; the one before it counts for a day more, so that no delivery is lost in between. */
export async function rotateSecret(
  db: Db,
  program: Program,
  id: number,
  { secret, keys }: { secret: string; keys: KeyRing },
  doing: Doing,
): Promise<SignalSource> {
  const checked = checkedSecret(secret);
  return db.transaction(async (tx) => {
    const source = await holdSource(tx, program, id);
    const fresh = sealSecret(keys, checked, { workspaceId: program.workspaceId, tokenHash: source.tokenHash });
    const expiresAt = new Date(doing.now.getTime() + OVERLAP_MS).toISOString();
    const before = source.secrets.slice(0, 1).map((one) => ({ ...one, expiresAt: one.expiresAt ?? expiresAt }));
    await updateSignalSource(tx, id, { secrets: [fresh, ...before] });
    await audit(tx, source, 'secret_rotated', doing);
    return source;
  });
}

/**
 * Pauses a source, or lets a paused one go on; doing so twice changes nothing. Its deliveries are acknowledged and kept
 * meanwhile.
 */
export async function pauseOrResume(
  db: Db,
  program: Program,
  id: number,
  to: 'pause' | 'resume',
  doing: Doing,
): Promise<void> {
  await db.transaction(async (tx) => {
    const source = await holdSource(tx, program, id);
    const pauses = to === 'pause';
    if (pauses === (source.pausedAt !== null)) return;
    await updateSignalSource(tx, id, { pausedAt: pauses ? doing.now : null });
    await audit(tx, source, pauses ? 'source_paused' : 'source_resumed', doing);
  });
}

/** Sets what of a source counts; saving the same again is no change. What is wrong is a Refusal that names its field. */
export async function changeSourceRules(
  db: Db,
  program: Program,
  id: number,
  typed: TypedRules,
  doing: Doing,
): Promise<void> {
  await db.transaction(async (tx) => {
    const source = await holdSource(tx, program, id);
    const parsed = parseRules(typed, await listAreas(tx, program.id));
    if ('bad' in parsed) throw new Refusal(parsed.bad, parsed.field);
    const [before, after] = [rulesOf(source.kind, source.rules), parsed.ok].map(rulesWords) as [string, string];
    if (before === after) return;
    await updateSignalSource(tx, id, { rules: parsed.ok });
    await insertAudit(tx, program.id, doing, [{ kind: 'source_changed', subject: source.name, before, after }]);
  });
}

/** Its address stops working and its secrets are forgotten; what it reported stays. */
export async function removeSignalSource(db: Db, program: Program, id: number, doing: Doing): Promise<SignalSource> {
  return db.transaction(async (tx) => {
    const source = await holdSource(tx, program, id);
    await updateSignalSource(tx, id, { removedAt: doing.now, secrets: [] });
    await audit(tx, source, 'source_removed', doing);
    return source;
  });
}

async function holdSource(tx: Db, program: Program, id: number): Promise<SignalSource> {
  const source = await lockSignalSource(tx, program.id, id);
  if (!source) throw new Refusal('This source has been removed.');
  return source;
}

/** Tells which source, and nothing of its secrets or its token. */
async function audit(
  tx: Db,
  { programId, name }: SignalSource,
  kind: 'secret_rotated' | 'source_paused' | 'source_resumed' | 'source_removed',
  doing: Doing,
): Promise<void> {
  await insertAudit(tx, programId, doing, [{ kind, subject: name, before: null, after: null }]);
}

function checkedSecret(secret: string): string {
  const given = secret.trim();
  if (given.length >= 8 && given.length <= 200 && cleanLine(given) === given && !/\s/.test(given)) return given;
  throw new Refusal('A secret has 8 to 200 characters and no spaces.', 'secret');
}
