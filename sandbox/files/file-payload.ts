import type { Engine } from '../engine/engine.ts';
import type { StoredFile } from './stored-file.ts';

const NAMED_TYPES: { [mimetype: string]: string } = { 'image/jpeg': 'jpg', 'text/plain': 'text' };

/** A file as files.info shows it: until it is processed, its type and shares are not known. */
export function filePayload(engine: Engine, file: StoredFile): { [key: string]: unknown } {
  const ready = file.state === 'ready';
  const url = `${engine.origin}/files-pri/${engine.state.team.id}-${file.id}/${encodeURIComponent(file.name)}`;
  const shares: { public: { [id: string]: unknown }; private: { [id: string]: unknown } } = { public: {}, private: {} };
  const channels: { [kind: string]: string[] } = { public: [], private: [], im: [], mpim: [] };
  for (const [id, timestamps] of ready ? Object.entries(file.shares) : []) {
    const channel = engine.state.channels.get(id);
    if (!channel) continue;
    channels[channel.kind]?.push(id);
    shares[channel.kind === 'public' ? 'public' : 'private'][id] = timestamps.map((ts) => ({ ts }));
  }
  const created = Math.floor(file.createdAt / 1000);
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: ready ? file.mimetype : '',
    filetype: ready ? (NAMED_TYPES[file.mimetype] ?? file.mimetype.split('/').pop()) : '',
    user: file.user,
    user_team: engine.state.users.get(file.user)?.team ?? engine.state.team.id,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: (channels.public?.length ?? 0) > 0,
    editable: false,
    ...(file.altText ? { alt_txt: file.altText } : {}),
    ...(ready ? { url_private: url, url_private_download: `${url}?download=1` } : {}),
    permalink: `${engine.origin}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: channels.public,
    groups: [...(channels.private ?? []), ...(channels.mpim ?? [])],
    ims: channels.im,
    shares: ready ? shares : {},
  };
}
