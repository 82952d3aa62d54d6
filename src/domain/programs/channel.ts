/** `gone` is deleted, or private without the bot: Slack does not say which. */
export type ChannelState = 'open' | 'archived' | 'left' | 'gone';

/** What Slack says of a channel that the bot can see. */
export type SeenChannel = { name: string; isPrivate: boolean; isArchived: boolean; isMember: boolean };

/** What is remembered of a program's channel; null where it was never asked. */
export type KnownChannel = { state: ChannelState | null; isPrivate: boolean | null };

/** What became of a channel since it was last looked at. */
export type ChannelNews = 'archived' | 'back' | 'left' | 'gone' | 'made_private' | 'made_public';

/** @param seen null where Slack says that there is no such channel */
export function stateOf(seen: SeenChannel | null): ChannelState {
  if (!seen) return 'gone';
  if (seen.isArchived) return 'archived';
  return seen.isMember ? 'open' : 'left';
}

/** What is news, each once; where nothing was known before, only what needs somebody is. */
export function newsOf(known: KnownChannel, seen: SeenChannel | null): ChannelNews[] {
  const state = stateOf(seen);
  const before = known.state ?? 'open';
  const news: ChannelNews[] = [];
  if (state !== before) news.push(state === 'open' ? 'back' : state);
  if (seen && known.isPrivate !== null && known.isPrivate !== seen.isPrivate)
    news.push(seen.isPrivate ? 'made_private' : 'made_public');
  return news;
}
