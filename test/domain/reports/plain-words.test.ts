import { describe, expect, it } from 'vitest';
import { messageAt, peopleNamedIn, plainWords, titleOfMessage } from '../../../src/domain/reports/plain-words.ts';

const nameOf = (id: string) => ({ U1: 'Ana Lopez' })[id];

describe('the words of a Slack message', () => {
  it.each([
    [
      '<@U1> sees <https://grafana.example/d/1|the board> fail',
      '@Ana Lopez sees the board (https://grafana.example/d/1) fail',
    ],
    ['<https://a.example/x>', 'https://a.example/x'],
    ['<http://a.example|a.example>', 'http://a.example'],
    ['<@U2> and <@U2|ben> in <#C1|ops> and <#C2>', '@somebody and @ben in #ops and a channel'],
    ['<!here> <!subteam^S1|@oncall> at <!date^1^{date}|1 Jan>', '@here @oncall at 1 Jan'],
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
  ])('%s', (text, plain) => {
    expect(plainWords(text, nameOf)).toBe(plain);
  });

  it('are read back as they were typed, entities that somebody typed by hand included', () => {
    expect(plainWords('&lt;@U1&gt;', nameOf)).toBe('<@U1>');
  });
});

describe('the title of a Slack message', () => {
  it.each([
    ['is its first line', 'Webhook times out\nSince noon', 'Webhook times out'],
    ['has no address', 'Webhook times out <https://logs.example/1>', 'Webhook times out'],
    ['keeps the label of a link', 'The <https://x.example|checkout page> hangs', 'The checkout page hangs'],
    ['names people', '<@U1>: sync is stuck', '@Ana Lopez: sync is stuck'],
    ['has no marks', '> *Sync* of `orders_2` is _stuck_ :fire:', 'Sync of orders_2 is stuck'],
    ['keeps an underscore within a word', 'orders_raw_v2 is empty', 'orders_raw_v2 is empty'],
    ['comes from the first line with words', '<https://x.example>\n:fire:\nSync is stuck', 'Sync is stuck'],
    ['is empty where there are no words', '<https://x.example>', ''],
  ])('%s', (_, text, title) => {
    expect(titleOfMessage(text, nameOf)).toBe(title);
  });
});

it('people are named once each', () => {
  expect(peopleNamedIn('<@U1> and <@W2|x> and <@U1>')).toEqual(['U1', 'W2']);
});

it('a message was written when its ts says', () => {
  expect(messageAt('1764244800.123456')).toEqual(new Date('2025-11-27T12:00:00Z'));
  expect(messageAt('soon')).toBeNull();
});
