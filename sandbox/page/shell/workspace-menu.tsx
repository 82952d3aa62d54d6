import { useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';
import { useScreen } from './screen.ts';

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
  return (
    <>
      <Menu
        label="Workspace menu"
        align="start"
        items={[
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
