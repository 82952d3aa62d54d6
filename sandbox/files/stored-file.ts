export type StoredFile = {
  id: string;
  name: string;
  title: string;
  user: string;
  createdAt: number;
  size: number;
  mimetype: string;
  altText?: string;
  bytes?: Uint8Array;
  state: 'awaiting_bytes' | 'uploaded' | 'processing' | 'ready';
  /** channel id -> ts of the messages that share it. */
  shares: { [channel: string]: string[] };
};
