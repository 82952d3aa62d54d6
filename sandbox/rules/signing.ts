import { official, type Rules, sdk } from './rule.ts';

const page = 'authentication/verifying-requests-from-slack';

export const signingRules = {
  signatureHeader: official('Header of the signature', 'x-slack-signature', page),
  signatureTimestampHeader: official('Header of its time, in seconds', 'x-slack-request-timestamp', page),
  signatureForm: official('v0= and the hex HMAC-SHA256 by the signing secret of', 'v0:{timestamp}:{raw body}', page),
  signatureMaxAgeMs: official('Older requests are to be refused (ms)', 300_000, page),
  sslCheckUnsigned: sdk('ssl_check=1 is answered without a signature', true, '@slack/bolt 5.1'),
} satisfies Rules;
