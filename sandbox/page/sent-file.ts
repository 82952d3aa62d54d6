/** A file as the browser hands it to the sandbox. */
export type SentFile = { name: string; base64: string };

const bytesAtOnce = 0x8000;

async function sentFile(file: File): Promise<SentFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += bytesAtOnce)
    binary += String.fromCharCode(...bytes.subarray(at, at + bytesAtOnce));
  return { name: file.name, base64: btoa(binary) };
}

export function sentFiles(list: FileList | null | undefined): Promise<SentFile[]> {
  return Promise.all([...(list ?? [])].map(sentFile));
}
