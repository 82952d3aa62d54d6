import { EMOJI_NAMES } from './emoji-names.ts';

/** Those that are recognised in a text, where others stay the characters that they are. */
const glyphs: Record<string, string> = {
  '+1': '👍',
  '-1': '👎',
  thumbsup: '👍',
  thumbsdown: '👎',
  eyes: '👀',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  rotating_light: '🚨',
  bell: '🔔',
  no_bell: '🔕',
  fire: '🔥',
  bug: '🐛',
  wrench: '🔧',
  hammer: '🔨',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  alarm_clock: '⏰',
  calendar: '📅',
  date: '📅',
  chart_with_upwards_trend: '📈',
  chart_with_downwards_trend: '📉',
  bar_chart: '📊',
  memo: '📝',
  pushpin: '📌',
  link: '🔗',
  lock: '🔒',
  unlock: '🔓',
  mag: '🔍',
  bulb: '💡',
  rocket: '🚀',
  tada: '🎉',
  sparkles: '✨',
  star: '⭐',
  wave: '👋',
  pray: '🙏',
  raised_hands: '🙌',
  clap: '👏',
  muscle: '💪',
  point_right: '👉',
  point_up: '☝️',
  thinking_face: '🤔',
  smile: '😄',
  slightly_smiling_face: '🙂',
  simple_smile: '🙂',
  joy: '😂',
  heart: '❤️',
  sob: '😭',
  cry: '😢',
  sweat_smile: '😅',
  neutral_face: '😐',
  '100': '💯',
  red_circle: '🔴',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_orange_circle: '🟠',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  black_circle: '⚫',
  arrow_up: '⬆️',
  arrow_down: '⬇️',
  arrow_right: '➡️',
  arrow_left: '⬅️',
  small_red_triangle: '🔺',
  small_red_triangle_down: '🔻',
  question: '❓',
  exclamation: '❗',
  information_source: 'ℹ️',
  ok: '🆗',
  zzz: '💤',
  package: '📦',
  gear: '⚙️',
  shield: '🛡️',
  email: '📧',
  speech_balloon: '💬',
  busts_in_silhouette: '👥',
};

const everyGlyph = new Map([
  ...EMOJI_NAMES.trim()
    .split(/\s+/)
    .map((entry) => /^(.+?)=(.+)$/.exec(entry)?.slice(1) as [string, string]),
  ...Object.entries(glyphs),
]);

/** The character behind a shortcode, skin tones ignored; undefined for what is no standard emoji. */
export function emojiGlyph(name: string): string | undefined {
  return everyGlyph.get(name.replace(/::skin-tone-[2-6]$/, ''));
}

const names = new Map(Object.entries(glyphs).map(([name, glyph]) => [glyph, name]));
// Longest first, so that a glyph with a variation selector is not cut.
const anyGlyph = new RegExp(`<[^<>]*>|${[...names.keys()].sort((a, b) => b.length - a.length).join('|')}`, 'gu');

/** Slack stores emoji as shortcodes; those outside of the small set stay as they are. */
export function nameEmoji(text: string): string {
  if (!/[\u2000-\u{10ffff}]/u.test(text)) return text;
  return text.replace(anyGlyph, (part) => (part.startsWith('<') ? part : `:${names.get(part)}:`));
}
