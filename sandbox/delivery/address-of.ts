import type { Manifest } from '../seed/manifest.ts';
import type { Outgoing } from './transport.ts';

/** Where the manifest wants a request; undefined where it names nothing. */
export function addressOf(manifest: Manifest, { kind, payload }: Outgoing): string | undefined {
  const { event_subscriptions: events, interactivity } = manifest.settings ?? {};
  if (kind === 'event') return events?.request_url;
  if (kind === 'interactive') return interactivity?.request_url;
  if (kind === 'options') return interactivity?.message_menu_options_url;
  const commands = manifest.features?.slash_commands ?? [];
  // The look at a certificate is about no command in particular.
  const called =
    payload.command === undefined ? commands[0] : commands.find(({ command }) => command === payload.command);
  return called?.url;
}
