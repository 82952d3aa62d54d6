import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { counted, listed } from '../kit/words.ts';

/** What became of an area. */
export type AreasChanged =
  | { kind: 'added'; name: string; labels: readonly string[] }
  | { kind: 'changed'; was: string; name: string; labels: readonly string[] }
  | { kind: 'retired'; name: string; into: string; openDefects: number };

export function areasSentence(told: AreasChanged): Mrkdwn {
  switch (told.kind) {
    case 'added':
      return mrkdwn`There is a new area, ${told.name}.${sendersSay(told)}`;
    case 'changed': {
      const renamed = told.was === told.name ? '' : `The area ${told.was} is now called ${told.name}.`;
      return mrkdwn`${renamed}${renamed === '' ? sendersSay(told).trim() || `Senders call ${told.name} by its name alone.` : sendersSay(told)}`;
    }
    case 'retired': {
      const moved =
        told.openDefects === 0
          ? ''
          : ` ${counted(told.openDefects, 'open defect')} of it ${told.openDefects === 1 ? 'is' : 'are'} there now.`;
      return mrkdwn`The area ${told.name} is retired into ${told.into}.${moved}`;
    }
  }
}

/** For the channel; undefined where only labels changed, which nobody there types. */
export function areasMessage(told: AreasChanged, by: string): Message | undefined {
  if (told.kind === 'changed' && told.was === told.name) return undefined;
  return message('The areas of the program have changed.', [
    section(areasSentence(told)),
    context(mrkdwn`Changed in the settings by ${mention(by)}.`),
  ]);
}

function sendersSay({ name, labels }: { name: string; labels: readonly string[] }): string {
  return labels.length === 0 ? '' : ` Senders that say ${listed(labels.map((label) => `“${label}”`))} mean ${name}.`;
}
