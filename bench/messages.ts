import { writeFileSync } from 'node:fs';
import { voiceDocument } from './messages/voice.ts';

/** Writes docs/messages.md. */
export async function run(): Promise<void> {
  const root = new URL('..', import.meta.url).pathname;
  writeFileSync(`${root}docs/messages.md`, voiceDocument(root));
}
