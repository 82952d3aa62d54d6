import type { Person } from '../sandbox/driver/person.ts';

/** Files a report in #eng-stability as a person does, in billing, with everything else as the form has it. */
export async function fileDefect(person: Person, title: string): Promise<void> {
  await person.slash(`/defect ${title}`, { channel: '#eng-stability' });
  const form = await person.modal('Report a defect');
  await person.fill(form, { area: 'billing' });
  await person.submit(form);
  await person.modal('Filed');
  await person.closeAll();
}
