import type { KnownBlock, ModalView } from '@slack/types';
import { FIX_KINDS, type FixKind } from '../../domain/vocabulary.ts';
import { VIEWS } from '../kit/ids.ts';
import { choiceInput, momentInput, personInput, textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, option } from '../kit/parts.ts';
import { FIX_KIND_WORDS } from '../kit/words.ts';
import { DECISION_INPUTS, type DefectInForm, decisionForm } from '../triage/decision-form.ts';
import { escapeInput, otherProofInputs } from '../triage/promise-modals.ts';

export type ClaimForm = {
  defect: DefectInForm;
  now: Date;
  /** What was said of the fix before; without its kind nobody has said it, and the note tells what claimed the fix. */
  keepingNote: string | null;
  fixKind: FixKind | null;
  failedFixes: number;
  /** What accepting it has left open: how it escaped, and what proves a fix where silence cannot. */
  missing: { escape: boolean; proof: boolean };
};

export function claimModal({ defect, now, keepingNote, fixKind, failedFixes, missing }: ClaimForm): ModalView {
  return decisionForm({ callbackId: VIEWS.claim, heading: 'Claim the fix', submit: 'Claim', defect }, [
    textInput(DECISION_INPUTS.keeping, {
      label: 'What keeps it fixed?',
      hint: 'A test, an alert or a runbook: a link or a sentence.',
      initial: fixKind ? keepingNote : null,
      limit: 1000,
      lines: true,
    }),
    choiceInput(DECISION_INPUTS.fixKind, {
      label: 'What kind of fix is it?',
      options: FIX_KINDS.map((kind) => option(FIX_KIND_WORDS[kind], kind)),
      initial: fixKind,
    }),
    ...(missing.escape ? [escapeInput(null)] : []),
    ...(missing.proof
      ? [
          context(mrkdwn`Reports are too few for silence to prove it. A metric or a second person can:`),
          ...otherProofInputs([]),
        ]
      : []),
    momentInput(DECISION_INPUTS.deployed, {
      label: 'Deployed at',
      hint: 'What is seen before does not count against the fix. Silence counts from your claim, or from a release at that time.',
      initialAt: now,
    }),
    momentInput(DECISION_INPUTS.reachedAll, {
      label: 'Out to all, where that is later',
      hint: 'It may lie ahead. What is seen in between neither fails nor proves the fix.',
      optional: true,
    }),
    textInput(DECISION_INPUTS.environments, {
      label: 'Environments that it reached',
      hint: 'Separated by commas. All of them, where you leave it empty.',
      limit: 300,
      optional: true,
    }),
    ...(failedFixes >= 2 ? secondThoughts(failedFixes) : []),
  ]);
}

function secondThoughts(failedFixes: number): KnownBlock[] {
  return [
    textInput(DECISION_INPUTS.rootCause, {
      label: `${failedFixes} fixes have failed. What is the root cause?`,
      limit: 1000,
      lines: true,
    }),
    personInput(DECISION_INPUTS.approver, { label: 'Who else agrees that this one will hold?' }),
  ];
}
