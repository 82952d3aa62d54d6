import type { IncomingMessage } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { readBody } from '../web-api/read-request.ts';

async function bytesOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const body = new Uint8Array(await readBody(request));
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  for (const part of form.values()) if (typeof part !== 'string') return new Uint8Array(await part.arrayBuffer());
  return undefined;
}

/** The second step of an upload: the bytes, raw or as the one file of a form. */
export async function receiveUpload(engine: Engine, request: IncomingMessage, fileId: string) {
  const file = engine.state.files.get(fileId);
  if (file?.state !== 'awaiting_bytes') return { status: 404, text: 'not found' };
  const bytes = await bytesOf(request);
  if (bytes?.length !== file.size)
    return { status: 400, text: `${bytes?.length ?? 0} bytes came, ${file.size} were announced` };
  file.bytes = bytes;
  file.state = 'uploaded';
  return { status: 200, text: `OK - ${bytes.length}` };
}
