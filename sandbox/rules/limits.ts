import { ackRules } from './acks.ts';
import { agentRules } from './agents.ts';
import { countRules } from './block-kit-counts.ts';
import { shapeRules } from './block-kit-shape.ts';
import { textRules } from './block-kit-text.ts';
import { eventRules } from './events.ts';
import { fileRules } from './files.ts';
import { messageRules } from './messages.ts';
import { oauthRules } from './oauth.ts';
import { peopleRules } from './people.ts';
import { rateLimitRules } from './rate-limits.ts';
import { signingRules } from './signing.ts';
import { socketRules } from './socket-mode.ts';
import { transportRules } from './transport.ts';
import { viewRules } from './views.ts';

/** Every rule by its name: the code that enforces one reads `limits.sectionText.value`. */
export const limits = {
  ...textRules,
  ...countRules,
  ...shapeRules,
  ...ackRules,
  ...viewRules,
  ...messageRules,
  ...eventRules,
  ...peopleRules,
  ...signingRules,
  ...rateLimitRules,
  ...fileRules,
  ...agentRules,
  ...oauthRules,
  ...socketRules,
  ...transportRules,
};
