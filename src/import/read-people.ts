import { createReadStream } from 'node:fs';
import { findValue } from '../domain/import/find-value.ts';
import { textOf } from '../domain/import/read-text.ts';
import { readRecords } from './read-records.ts';
import { UnreadableFile, unreadable } from './read-reports.ts';

const ADDRESSES = ['email', 'e-mail', 'mail'];
const IDS = ['userid', 'user id', 'slack id', 'id'];

/** Who has which address in Slack, in lower case, from Slack's own list of members. */
export async function readPeople(file: string): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  try {
    for await (const row of readRecords(createReadStream(file))) {
      if ('reason' in row) continue;
      const [address, id] = [ADDRESSES, IDS].map((columns) => textOf(findValue(row.record, columns)?.value)?.trim());
      if (address && id && /^[UW][A-Z\d]{2,20}$/.test(id)) people.set(address.toLowerCase(), id);
    }
  } catch (error) {
    throw unreadable(file, error) ?? error;
  }
  if (people.size > 0) return people;
  throw new UnreadableFile(
    `${file} names nobody: it needs the columns email and userid, as the list of members has that Slack exports.`,
  );
}
