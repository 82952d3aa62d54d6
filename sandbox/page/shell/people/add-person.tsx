import { api } from '../../api.ts';
import type { Change } from './people-dialog.tsx';

export function AddPerson({ change }: { change: Change }) {
  const add = async (event: Event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const typed = (name: string) => String(new FormData(form).get(name) ?? '').trim();
    const from = typed('from');
    if (await change(api.addPerson({ name: typed('name'), ...(from ? { from } : {}) }))) form.reset();
  };
  return (
    <form class="channel-settings add-person" onSubmit={(event) => void add(event)}>
      <label>
        New person <input class="field" name="name" required placeholder="Name" />
      </label>
      <label>
        of another organisation <input class="field" name="from" placeholder="none" />
      </label>
      <button type="submit" class="button">
        Add
      </button>
    </form>
  );
}
