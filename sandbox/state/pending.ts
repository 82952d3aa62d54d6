/** What was given out and waits to be used, or to fall due. Instants are epoch milliseconds of the sandbox clock. */

export type Trigger = {
  id: string;
  user: string;
  channel?: string;
  /** The view whose interaction made it: views.push stacks on that one. */
  viewId?: string;
  /** The entity that somebody opened, which entity.presentDetails answers. */
  entity?: string;
  createdAt: number;
  /** Wall clock, because a stopped sandbox clock must not make a slow app look fast. */
  createdAtReal: number;
  used: boolean;
};

export type ResponseUrl = {
  id: string;
  user: string;
  channel: string;
  source: 'command' | 'message' | 'shortcut' | 'view';
  /** The message that was acted on, for replace_original and delete_original. */
  messageTs?: string;
  threadTs?: string;
  createdAt: number;
  uses: number;
};

export type ScheduledMessage = {
  id: string;
  channel: string;
  postAt: number;
  createdAt: number;
  /** The person who scheduled it; the app when left out. */
  by?: string;
  /** Arguments of chat.postMessage, kept until due. */
  args: { [key: string]: unknown };
};
