export type Pointed = { channel: string; ts: string; thread?: string };

/** The message that a permalink stands for, whichever name the sandbox has in its address; undefined for any other URL. */
export function readPermalink(url: string): Pointed | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, searchParams } = new URL(url);
  const [, channel, seconds, micros] = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/.exec(pathname) ?? [];
  if (!channel) return undefined;
  const thread = searchParams.get('thread_ts');
  return { channel, ts: `${seconds}.${micros}`, ...(thread ? { thread } : {}) };
}
