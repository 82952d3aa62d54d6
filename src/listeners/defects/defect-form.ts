import type { DefectRef } from '../../blocks/kit/defect-ref.ts';
import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { type AskedForm, doneAnswer, type FormListener } from '../../requests/listen/on-form.ts';
import type { Db } from '../../usecases/doing.ts';
import { defectInMetadata } from './named-defect.ts';

/** The form of a decision about the defect that its metadata names; the words say that it is done. */
export function defectForm(
  work: (db: Db, asked: AskedForm<DefectRef>) => Promise<Mrkdwn>,
): FormListener<DefectRef, string> {
  return {
    right: 'decide',
    names: defectInMetadata,
    work: async (tx, asked) => (await work(tx, asked)).source,
    answer: (words) => doneAnswer(new Mrkdwn(words)),
  };
}
