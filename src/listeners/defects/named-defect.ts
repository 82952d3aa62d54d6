import { z } from 'zod';
import { type DefectRef, parseDefectRef } from '../../blocks/kit/defect-ref.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Naming, TOO_OLD } from '../../requests/door.ts';

/** Of what is not named where it should be. No row has it, so that nothing is found. */
export const NO_ID = 0;

/** A button's value names a defect. */
export const defectInValue: Naming<DefectRef> = ({ value }) => {
  const ref = parseDefectRef(value);
  if (!ref) throw new Refusal(TOO_OLD);
  return ref;
};

/** A window's metadata is a defect's reference. */
export const defectInMetadata: Naming<DefectRef> = ({ view }) => {
  const ref = parseDefectRef(view?.private_metadata ?? '');
  if (!ref) throw new Refusal(TOO_OLD);
  return ref;
};

const decisionState = z.object({
  ref: z.string().max(60),
  kind: z.enum(['accept_risk', 'dismiss', 'defer', 'need_info']).optional(),
});
export type ReasonFor = z.infer<typeof decisionState>['kind'];

/** The metadata of a decision's form: which defect, in which thread, and what a reason is for. */
export const defectInDecision: Naming<DefectRef & { kind: ReasonFor }> = ({ view }) => {
  const { ref: written, kind } = decisionState.parse(JSON.parse(view?.private_metadata ?? '{}'));
  const ref = parseDefectRef(written);
  if (!ref) throw new Refusal(TOO_OLD);
  return { ...ref, kind };
};

/** A window's metadata starts with the number of its program. */
export const programInMetadata: Naming<{ rest: string[] }> = ({ view }) => {
  const [programId, ...rest] = (view?.private_metadata ?? '').split(':');
  return { programId: Number(programId || NO_ID), rest };
};

/** A button's value is the number of its program. */
export const programInValue: Naming<object> = ({ value }) => ({ programId: Number(value || NO_ID) });
