import type { IncomingMessage } from 'node:http';

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export type RawCall = {
  fields: { [name: string]: unknown };
  encoding: 'query' | 'form' | 'json' | 'multipart';
};

const fromPairs = (pairs: Iterable<[string, unknown]>) => Object.fromEntries(pairs);

/** The arguments of a Web API call. undefined when the body is not what its content type says. */
export async function readCall(request: IncomingMessage, url: URL): Promise<RawCall | undefined> {
  const query = fromPairs(url.searchParams);
  const contentType = request.headers['content-type'] ?? '';
  const body = await readBody(request);
  if (request.method === 'GET' || body.length === 0) return { fields: query, encoding: 'query' };
  if (contentType.startsWith('application/json')) {
    try {
      const parsed: unknown = JSON.parse(body.toString('utf8'));
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
      return { fields: { ...query, ...parsed }, encoding: 'json' };
    } catch {
      return undefined;
    }
  }
  if (contentType.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return { fields: { ...query, ...fromPairs(form.entries()) }, encoding: 'multipart' };
  }
  return { fields: { ...query, ...fromPairs(new URLSearchParams(body.toString('utf8'))) }, encoding: 'form' };
}
