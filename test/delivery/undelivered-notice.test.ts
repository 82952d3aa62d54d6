import { expect, it } from 'vitest';
import { undeliveredNotice } from '../../src/delivery/undelivered-notice.ts';

it('says where it could not post, what to do about it, and that nothing is lost', () => {
  expect(undeliveredNotice({ channel: 'C042', code: 'not_in_channel', mayBeThere: false }).text).toBe(
    'I could not post in <#C042>. Invite me to <#C042> with `/invite`. I have kept the message. (Slack says `not_in_channel`.)',
  );
});

it('names the person whom it could not write to', () => {
  expect(undeliveredNotice({ channel: 'U042', code: 'user_disabled', mayBeThere: false }).text).toContain(
    '<@U042> is deactivated. Give what they own to somebody else.',
  );
});

it('says what it needs where it was not allowed to look, and that it does not post twice', () => {
  expect(undeliveredNotice({ channel: 'C042', code: 'missing_scope', mayBeThere: true }).text).toBe(
    'I do not know whether a message reached <#C042>. I may not read there, so after a lost answer I do not post again. Look for it; to let me look, install me again and allow me to read history. I have kept the message. (Slack says `missing_scope`.)',
  );
});

it('does not claim to know what it does not know', () => {
  const { text } = undeliveredNotice({ channel: 'C042', code: 'channel_gone', mayBeThere: true });
  expect(text).toContain('I do not know whether a message reached <#C042>');
  expect(text).toContain('Show this to whoever runs me.');
});

it('reads a reason of Slack that is also a name of JavaScript as any other reason', () => {
  expect(undeliveredNotice({ channel: 'C042', code: 'constructor', mayBeThere: false }).text).toContain(
    'whoever runs me',
  );
});
