import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { makeLog } from '../../src/log.ts';
import { superviseProcess } from '../../src/process/supervise.ts';

function supervised() {
  const process = new EventEmitter();
  const stops: string[] = [];
  superviseProcess({ process, log: makeLog('silent'), stop: () => stops.push('stopped') });
  return { process, stops };
}

/** As postgres.js throws it from its timer when the server restarts. */
function writeToCutConnection(): TypeError {
  const error = new TypeError("Cannot read properties of null (reading 'write')");
  error.stack = `${error}\n    at Immediate.nextWrite (file:///app/node_modules/postgres/src/connection.js:255:22)`;
  return error;
}

it('goes on when the database driver stumbles over a server that restarts', () => {
  const { process, stops } = supervised();
  process.emit('uncaughtException', writeToCutConnection());
  process.emit(
    'unhandledRejection',
    Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' }),
  );
  expect(stops).toEqual([]);
});

it('goes on when the Slack client rejects with nothing', () => {
  const { process, stops } = supervised();
  process.emit('unhandledRejection', undefined);
  expect(stops).toEqual([]);
});

it('stops in order after an error that nobody foresaw, to be started again', () => {
  const { process, stops } = supervised();
  process.emit('uncaughtException', new TypeError("Cannot read properties of null (reading 'title')"));
  process.emit('unhandledRejection', new Error('a promise that nobody awaited'));
  expect(stops).toEqual(['stopped', 'stopped']);
});
