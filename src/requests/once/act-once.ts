import type { Db } from '../../db/engine/client.ts';
import { type Asked, admit, type Door, type Entry } from '../door.ts';
import type { Tell } from '../listen/answer.ts';
import type { Received } from './received.ts';
import { type Acting, finishRecorded, recordAndAck } from './recorded.ts';

/** Something that changes something, for whoever has the right. */
export type OnceAdmitted<N, A> = Entry<N> & {
  /** What has to be asked before the work, which is one transaction. */
  check?: (asked: Asked<N>) => Promise<void>;
  /** Done once; answers with JSON. */
  work: (db: Db, asked: Asked<N>) => Promise<A>;
  /** `asked` is missing where the person lost the right after it was done. */
  tell: (said: A, asked: Asked<N> | undefined) => Promise<unknown>;
};

/** Records a request and acks it, lets it through the gate, does it once and tells what came of it; a refusal is told with `alone`. */
export async function actOnce<N, A>(
  door: Door,
  { request, received, alone }: { request: Acting; received: Received; alone: Tell },
  { check, work, tell, ...entry }: OnceAdmitted<N, A>,
): Promise<void> {
  if (!(await recordAndAck(door, request, alone))) return;
  let asked: Asked<N> | undefined;
  await finishRecorded<A>(
    door,
    request,
    alone,
    async (once) => {
      const admitted = await admit(door, received, entry);
      asked = admitted;
      await check?.(admitted);
      return once((db) => work(db, admitted));
    },
    (said) => tell(said, asked),
  );
}
