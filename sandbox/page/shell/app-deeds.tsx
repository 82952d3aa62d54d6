import { useState } from 'preact/hooks';
import { hasCommands } from '../../people/roles.ts';
import { Icon } from './kit/icon.tsx';
import { Menu } from './kit/menu.tsx';
import { StepDialog } from './modals/step-dialog.tsx';
import { useScreen } from './screen.ts';

/** What the app can be asked to do from a conversation: its global shortcuts, and its steps for workflows. */
export function AppDeeds() {
  const { act, snapshot } = useScreen();
  const [step, setStep] = useState<string>();
  const { features, functions = {} } = snapshot.app.manifest;
  const offered = hasCommands(snapshot.me) ? features?.shortcuts : undefined;
  const shortcuts = (offered ?? []).filter(({ type }) => type === 'global');
  const steps = Object.entries(functions);
  if (shortcuts.length + steps.length === 0 || !snapshot.install.isInstalled) return null;
  const chosen = step === undefined ? undefined : functions[step];
  return (
    <>
      <Menu
        label="Shortcuts"
        align="start"
        items={[
          ...shortcuts.map((shortcut) => ({
            label: shortcut.name,
            hint: shortcut.description,
            run: () => void act('globalShortcut', { callbackId: shortcut.callback_id }),
          })),
          ...(shortcuts.length > 0 && steps.length > 0 ? (['divider'] as const) : []),
          ...steps.map(([id, { title }]) => ({
            label: title ?? id,
            hint: 'Step for workflows',
            run: () => setStep(id),
          })),
        ]}
      >
        <Icon name="bolt" size={17} />
      </Menu>
      {step !== undefined && chosen ? (
        <StepDialog callbackId={step} step={chosen} onClose={() => setStep(undefined)} />
      ) : null}
    </>
  );
}
