import type { Engine } from '../engine/engine.ts';
import type { StoredFile } from './stored-file.ts';

const BY_EXTENSION: { [extension: string]: string } = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
  md: 'text/markdown',
};

/** By the first bytes where they tell, else by the name's ending. */
export function mimetypeOf(name: string, bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (start.startsWith('\x89PNG')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF8')) return 'image/gif';
  if (start.startsWith('%PDF')) return 'application/pdf';
  return BY_EXTENSION[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

/** A file that a person uploads: whole and ready at once. */
export function storeFile(engine: Engine, given: { name: string; bytes: Uint8Array; user: string }): StoredFile {
  const file: StoredFile = {
    id: engine.ids.id('F'),
    name: given.name,
    title: given.name,
    user: given.user,
    createdAt: engine.clock.now(),
    size: given.bytes.length,
    mimetype: mimetypeOf(given.name, given.bytes),
    bytes: given.bytes,
    state: 'ready',
    shares: {},
  };
  engine.state.files.set(file.id, file);
  return file;
}
