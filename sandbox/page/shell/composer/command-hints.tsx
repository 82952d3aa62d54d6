import type { SlashCommand } from '../../../seed/manifest.ts';
import { HintList } from './hint-list.tsx';

/** Commands that begin with what is typed; none once the arguments have begun and the command is complete. */
export function hintsFor(text: string, commands: SlashCommand[]): SlashCommand[] {
  if (!/^\/\S*$/.test(text)) return [];
  return commands.filter(({ command }) => command.startsWith(text)).slice(0, 8);
}

type CommandHintsProps = {
  id: string;
  commands: SlashCommand[];
  active: number;
  onTake: (at: number) => void;
  appName: string;
};

export function CommandHints({ id, commands, active, onTake, appName }: CommandHintsProps) {
  const rows = commands.map(({ command, usage_hint, description }) => ({
    key: command,
    content: (
      <>
        <strong>{command}</strong> <span class="hint-usage">{usage_hint}</span>
        <span class="hint-about">{description}</span>
        <span class="hint-app">{appName}</span>
      </>
    ),
  }));
  return <HintList id={id} label="Commands" rows={rows} active={active} onTake={onTake} />;
}
