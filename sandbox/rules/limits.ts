import { countRules } from './block-kit-counts.ts';
import { textRules } from './block-kit-text.ts';
import { messageRules } from './messages.ts';
import { viewRules } from './views.ts';

/** Every rule that is a single value, by name: the enforcing code reads `limits.sectionText.value`. */
export const limits = { ...textRules, ...countRules, ...viewRules, ...messageRules };
