import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { ResponseUrl } from '../state/pending.ts';

const KEPT_AT_LEAST = 1_000;

/** They are made in the order of time, so that the oldest come first. */
function forgetExpired(engine: Engine): void {
  const { responseUrls } = engine.state;
  const before = engine.clock.now() - limits.responseUrlLifetimeMs.value;
  for (const [id, url] of responseUrls) {
    if (responseUrls.size < KEPT_AT_LEAST || url.createdAt >= before) return;
    responseUrls.delete(id);
  }
}

export function createResponseUrl(
  engine: Engine,
  about: Pick<ResponseUrl, 'user' | 'channel' | 'source' | 'messageTs' | 'threadTs'>,
): string {
  const id = `${engine.ids.id('R', 12)}${engine.ids.secret(16)}`;
  forgetExpired(engine);
  engine.state.responseUrls.set(id, { ...about, id, createdAt: engine.clock.now(), uses: 0 });
  const kind = about.source === 'command' ? 'commands' : about.source === 'view' ? 'app' : 'actions';
  return `${engine.origin}/${kind}/${engine.state.team.id}/${id}`;
}
