import { limits } from '../rules/limits.ts';
import { inText } from '../text/in-text.ts';
import type { Manifest } from './manifest.ts';

type Loose = { [key: string]: unknown };

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): Loose[] => (Array.isArray(value) ? value.filter(isObject) : []);

function commandProblems(commands: Loose[]): string[] {
  const names = commands.map(({ command }) => inText(command ?? ''));
  const malformed = names.filter((name) => !/^\/[^\s/A-Z]+$/.test(name));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...malformed.map((name) => `"${name}" is not a command: a slash, then lower case without spaces`),
    ...twice.map((name) => `the command ${name} is there twice`),
  ];
}

function shortcutProblems(shortcuts: Loose[]): string[] {
  const most = { global: limits.globalShortcuts.value, message: limits.messageShortcuts.value };
  const unknown = shortcuts.filter(({ type }) => type !== 'global' && type !== 'message');
  const tooMany = (['global', 'message'] as const).filter(
    (type) => shortcuts.filter((shortcut) => shortcut.type === type).length > most[type],
  );
  return [
    ...unknown.map(({ type }) => `a shortcut is global or message, not ${inText(type)}`),
    ...tooMany.map((type) => `an app has ${most[type]} ${type} shortcuts at most`),
    ...shortcuts
      .filter(({ callback_id: id }) => typeof id !== 'string' || id === '')
      .map(() => 'a shortcut needs a callback_id'),
  ];
}

/** The manifest, if the sandbox can run an app from it; an Error that names everything wrong with it otherwise. */
export function checkManifest(value: unknown): Manifest {
  if (!isObject(value)) throw new Error('the manifest is not an object');
  const features = isObject(value.features) ? value.features : {};
  const { display_information: shown } = value;
  const problems = [
    ...(isObject(shown) && typeof shown.name === 'string' && shown.name.trim()
      ? []
      : ['display_information.name is missing']),
    ...commandProblems(listOf(features.slash_commands)),
    ...shortcutProblems(listOf(features.shortcuts)),
  ];
  if (problems.length > 0) throw new Error(`the manifest cannot be used: ${problems.join('; ')}`);
  return value as Manifest;
}
