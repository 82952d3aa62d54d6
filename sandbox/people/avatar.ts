import type { User } from '../state/model.ts';

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The picture of somebody's profile: their initials on a square. */
export function avatarOf({ realName }: User, size: number): string {
  const words = realName.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 10 10"><rect width="10" height="10" rx="1.5" fill="#4a5568"/><text x="5" y="6.4" font-family="sans-serif" font-size="4" fill="#fff" text-anchor="middle">${escaped(initials.join(''))}</text></svg>`;
}
