import type { Engine } from '../engine.ts';
import type { ResponseUrl } from '../model.ts';

export function createResponseUrl(
  engine: Engine,
  about: Pick<ResponseUrl, 'user' | 'channel' | 'source' | 'messageTs' | 'threadTs'>,
): string {
  const id = `${engine.ids.id('R', 12)}${engine.ids.secret(16)}`;
  engine.state.responseUrls.set(id, { ...about, id, createdAt: engine.clock.now(), uses: 0 });
  const kind = about.source === 'command' ? 'commands' : about.source === 'view' ? 'app' : 'actions';
  return `${engine.origin}/${kind}/${engine.state.team.id}/${id}`;
}
