import { writeFileSync } from 'node:fs';
import { fidelityText } from './fidelity-text.ts';
import { topics } from './topics.ts';

writeFileSync(new URL('../FIDELITY.md', import.meta.url), fidelityText(topics));
