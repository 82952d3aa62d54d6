import { ackRules } from './acks.ts';
import { agentRules } from './agents.ts';
import { countRules } from './block-kit-counts.ts';
import { shapeRules } from './block-kit-shape.ts';
import { textRules } from './block-kit-text.ts';
import { eventRules } from './events.ts';
import { fileRules } from './files.ts';
import { messageRules } from './messages.ts';
import { methods } from './methods.ts';
import { oauthRules } from './oauth.ts';
import { peopleRules } from './people.ts';
import { rateLimitRules } from './rate-limits.ts';
import type { Rules } from './rule.ts';
import { signingRules } from './signing.ts';
import { socketRules } from './socket-mode.ts';
import { blockSurfaces, elementSurfaces } from './surfaces.ts';
import { transportRules } from './transport.ts';
import { viewRules } from './views.ts';

export interface Topic {
  title: string;
  rules: Rules;
}

/** All rules, in the order in which they are printed. */
export const topics: Topic[] = [
  { title: 'Block Kit: lengths', rules: textRules },
  { title: 'Block Kit: counts and numbers', rules: countRules },
  { title: 'Block Kit: shape', rules: shapeRules },
  { title: 'Block Kit: surfaces of blocks', rules: blockSurfaces },
  { title: 'Block Kit: surfaces of elements', rules: elementSurfaces },
  { title: 'Acks, triggers, response URLs, commands, shortcuts', rules: ackRules },
  { title: 'Modals and the Home tab', rules: viewRules },
  { title: 'Messages', rules: messageRules },
  { title: 'Events', rules: eventRules },
  { title: 'People, guests, other organisations', rules: peopleRules },
  { title: 'Signing', rules: signingRules },
  { title: 'Rate limits', rules: rateLimitRules },
  { title: 'Files', rules: fileRules },
  { title: 'Assistants, workflow steps, link previews', rules: agentRules },
  { title: 'OAuth', rules: oauthRules },
  { title: 'Socket Mode', rules: socketRules },
  { title: 'Web API transport', rules: transportRules },
  { title: 'Web API methods', rules: methods },
];
