/** The text of an answer, or null where it is larger than allowed; what is left of it is then not read. */
export async function readText(response: Response, mostBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const part of response.body as ReadableStream<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > mostBytes) return null;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
