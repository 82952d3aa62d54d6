import type { Engine } from '../engine/engine.ts';
import { BARE_LINK } from '../messages/wrap-links.ts';

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function mention(engine: Engine, sign: string, name: string, withUserName: boolean): string | undefined {
  const { state } = engine;
  if (sign === '#') {
    const channel = state.channelByNameOrId(name);
    return channel && `<#${channel.id}|${channel.kind === 'public' ? channel.name : ''}>`;
  }
  if (['channel', 'here', 'everyone'].includes(name)) return `<!${name}>`;
  const user = state.userByNameOrId(name);
  return user && (withUserName ? `<@${user.id}|${user.name}>` : `<@${user.id}>`);
}

function typed(engine: Engine, text: string, withUserName: boolean): string {
  const pattern = new RegExp(
    `(^|[\\s([{,;:'"])([@#])([\\p{L}\\p{N}][\\p{L}\\p{N}._-]*[\\p{L}\\p{N}]|[\\p{L}\\p{N}])|${BARE_LINK}`,
    'gu',
  );
  let result = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, before = '', sign, name] = match;
    const found = sign && name ? mention(engine, sign, name, withUserName) : undefined;
    const replaced = sign ? found && before + found : `<${escapeText(whole)}>`;
    result += escapeText(text.slice(end, match.index)) + (replaced ?? escapeText(whole));
    end = match.index + whole.length;
  }
  return result + escapeText(text.slice(end));
}

/** What the composer sends for what a person typed: mentions and links become Slack's markup, the rest is escaped. */
export function composerText(engine: Engine, text: string): string {
  return typed(engine, text, false);
}

/** A slash command's text. Escaping has to be switched on in the manifest; without it the app gets the raw words. */
export function commandText(engine: Engine, text: string, shouldEscape: boolean): string {
  return shouldEscape ? typed(engine, text, true) : text;
}
