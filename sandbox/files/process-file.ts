import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { mimetypeOf } from './store-file.ts';
import type { StoredFile } from './stored-file.ts';

function later(engine: Engine, run: () => void): void {
  const end = engine.activity.begin();
  const once = () => {
    run();
    end();
  };
  if (engine.fileProcessingMs === 0) setImmediate(once);
  else {
    // Waiting for the clock is not being busy.
    end();
    engine.clock.after(engine.fileProcessingMs, run);
  }
}

/** Files become usable some time after the call that completed them has answered. */
export function processFile(engine: Engine, files: StoredFile[], done: () => void): void {
  for (const file of files) file.state = 'processing';
  later(engine, () => {
    for (const file of files) {
      file.mimetype = mimetypeOf(file.name, file.bytes ?? new Uint8Array());
      file.state = 'ready';
      engine.changed({ kind: 'file', file: file.id });
    }
    done();
    for (const file of files)
      for (const [channel, timestamps] of Object.entries(file.shares))
        emitEvent(engine, 'file_shared', {
          type: 'file_shared',
          channel_id: channel,
          file_id: file.id,
          user_id: file.user,
          file: { id: file.id },
          event_ts: timestamps.at(-1),
        });
  });
}
