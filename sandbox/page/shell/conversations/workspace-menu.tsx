import { useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { remember } from '../../remembered.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { Menu, type MenuItem } from '../kit/menu.tsx';
import { useScreen } from '../screen.ts';

const words = (text: string) => ({ type: 'plain_text', text });
const resetQuestion = {
  title: words('Reset this workspace?'),
  text: words(
    'Every message, view and file goes. People, channels and credentials stay. Save the workspace first if you want it back.',
  ),
  confirm: words('Reset'),
  deny: words('Keep it'),
  style: 'danger',
};

/** Everything on the page is of one workspace, so another one begins anew. */
function turnTo(id: string): void {
  remember('workspace', id);
  location.hash = '';
  location.reload();
}

export function WorkspaceMenu() {
  const { attempt, say, snapshot } = useScreen();
  const [asking, setAsking] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const save = async () => {
    const saved = await attempt(api.save());
    if (saved === undefined) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(saved)], { type: 'application/json' }));
    link.download = `${snapshot.team.domain}-${new Date(snapshot.now).toISOString().slice(0, 10)}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const load = async (file: File | undefined) => {
    if (!file) return;
    const saved = await attempt(
      file
        .text()
        .then((text) => JSON.parse(text) as unknown)
        .catch(() => {
          throw new Error(`${file.name} is not a saved workspace.`);
        }),
    );
    if (saved !== undefined && (await attempt(api.load(saved))) !== undefined) say('The workspace is loaded.');
  };
  const answer = async (confirmed: boolean) => {
    setAsking(false);
    if (confirmed) await attempt(api.reset());
  };
  const { install, team, workspaces, organisation, app } = snapshot;
  const others: (MenuItem | 'divider')[] =
    workspaces.length > 1
      ? [
          ...workspaces.map(({ id, name }) => ({ label: name, pressed: id === team.id, run: () => turnTo(id) })),
          'divider',
        ]
      : [];
  const uninstall = { label: `Uninstall ${app.name}`, danger: true, run: () => void attempt(api.uninstallApp()) };
  const give = {
    label: `Add ${app.name} here`,
    hint: `${organisation?.name} has it`,
    run: () => void attempt(api.addApp()),
  };
  const take = { label: `Take ${app.name} off this workspace`, run: () => void attempt(api.takeApp()) };
  const installing: (MenuItem | 'divider')[] = [
    ...(install.canBeGiven ? [give] : []),
    ...(install.isFromOrganisation ? [take] : []),
    ...(install.isInstalled ? [uninstall] : []),
    ...(install.canBeGiven || install.isInstalled ? (['divider'] as const) : []),
  ];
  return (
    <>
      <Menu
        label="Workspace menu"
        align="start"
        items={[
          ...others,
          ...installing,
          { label: 'Save workspace', hint: 'Downloads a file', run: () => void save() },
          { label: 'Load workspace…', run: () => picker.current?.click() },
          'divider',
          { label: 'Reset workspace…', danger: true, run: () => setAsking(true) },
        ]}
      >
        <Icon name="chevron" size={16} />
      </Menu>
      <input
        ref={picker}
        type="file"
        accept="application/json"
        hidden
        aria-label="Workspace file"
        onChange={(event) => {
          const box = event.target as HTMLInputElement;
          void load(box.files?.[0]);
          box.value = '';
        }}
      />
      {asking ? <ConfirmDialog confirm={resetQuestion} onAnswer={(confirmed) => void answer(confirmed)} /> : null}
    </>
  );
}
