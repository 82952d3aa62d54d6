import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { OperatorError } from '../../domain/errors/operator-error.ts';

/** What a stored value belongs to. It opens for nothing else, so that none can be put in the place of another. */
export type Place = { workspaceId: string; column: string; row: string };

/** Seals with its first key, and opens what any of its keys sealed. */
export type KeyRing = {
  currentId: string;
  ids: readonly string[];
  seal: (plain: string, place: Place) => string;
  /** Throws MissingKey where the key is not here, and an error where the value was changed or belongs elsewhere. */
  open: (sealed: string, place: Place) => string;
};

/** Values that cannot be read, since their key is not among those given. It names keys by their ids only. */
export class MissingKey extends OperatorError {
  constructor(wanted: readonly string[], given: readonly string[]) {
    super(
      `Secrets in the database are sealed with the key ${wanted.join(' and ')}, which is not among those given ` +
        `(${given.join(', ') || 'none'}). Put it behind the others in ENCRYPTION_KEY or ENCRYPTION_KEY_FILE. ` +
        'The embedded database makes its own in encryption.key, in DATA_DIR.',
    );
  }
}

export const KEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param keys 32 bytes each, at least one, the current one first */
export function keyRing(keys: readonly Buffer[]): KeyRing {
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const ids = [...byId.keys()];
  const [currentId] = ids;
  const current = currentId && byId.get(currentId);
  if (!current) throw new Error('A key ring without a key.');
  return {
    currentId,
    ids,
    seal: (plain, place) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, current, iv).setAAD(bound(currentId, place));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1:${currentId}:${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open: (sealed, place) => {
      const [version, id = '', packed = ''] = sealed.split(':');
      const key = byId.get(id);
      if (version !== 'v1') throw new Error('A sealed value of a form that this version does not know.');
      if (!key) throw new MissingKey([id], ids);
      const bytes = Buffer.from(packed, 'base64url');
      const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
        .setAAD(bound(id, place))
        .setAuthTag(tag);
      return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

// Tells keys apart and tells nothing of them.
function keyId(key: Buffer): string {
  return createHmac('sha256', key).update('burndown key id').digest('hex').slice(0, 8);
}

function bound(id: string, { workspaceId, column, row }: Place): Buffer {
  return Buffer.from(JSON.stringify([id, workspaceId, column, row]));
}
