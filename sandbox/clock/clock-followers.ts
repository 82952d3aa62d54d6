import type { ServerResponse } from 'node:http';
import type { SandboxClock } from './clock.ts';

type Follower = { told: number; reached: number; idleUntil: number; news: () => void };

export type ClockFollowers = ReturnType<typeof createClockFollowers>;

/** Apps that follow the clock over the network, and whether they have done what each move of it made due. */
export function createClockFollowers(clock: SandboxClock, patienceMs: number) {
  const followers = new Map<string, Follower>();
  let opened = 0;

  const isBehind = ({ told, reached }: Follower) => reached < told;

  const caughtUp = (id: string, follower: Follower) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        // Whoever did not answer once is waited for no more.
        followers.delete(id);
        resolve();
      }, patienceMs);
      follower.news = () => {
        if (followers.has(id) && isBehind(follower)) return;
        clearTimeout(timer);
        resolve();
      };
      follower.news();
    });

  return {
    /** Sends every move of the clock as an event. One who `reports` says after each that what it made due is done. */
    follow(response: ServerResponse, { reports }: { reports: boolean }): void {
      opened += 1;
      const id = String(opened);
      const follower: Follower = { told: 0, reached: 0, idleUntil: 0, news: () => {} };
      const send = () => {
        const { live } = clock;
        follower.told += 1;
        const asked = reports ? { follower: id, move: follower.told } : {};
        response.write(`data: ${JSON.stringify({ now: clock.now(), live, ...asked })}\n\n`);
      };
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      if (reports) followers.set(id, follower);
      const stop = clock.onChange(send);
      response.on('close', () => {
        stop();
        followers.delete(id);
        follower.news();
      });
      send();
    },
    /** `idleUntil`: the app knows that nothing is due for it before. False where nobody of that id follows. */
    reached(id: string, move: number, idleUntil: number): boolean {
      const follower = followers.get(id);
      if (!follower) return false;
      follower.reached = Math.max(follower.reached, move);
      follower.idleUntil = idleUntil || 0;
      follower.news();
      return true;
    },
    isAnybodyWaitedFor: () => followers.size > 0,
    /** The instant before which nothing is due for any of them, as far as they know. */
    idleUntil: () => Math.min(...[...followers.values()].map(({ idleUntil }) => idleUntil)),
    /** Resolves once all of them are done with the last move. */
    async settled(): Promise<void> {
      await Promise.all([...followers].map(([id, follower]) => caughtUp(id, follower)));
    },
  };
}
