const tones = 8;

/** Initials on a colour that stays the same for a person; drawn by the style sheet, so that they are not read out. */
export function Avatar({
  id,
  name,
  app = false,
  size = 36,
}: {
  id: string;
  name: string;
  app?: boolean;
  size?: number;
}) {
  const tone = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % tones;
  const letters = name.split(/[\s._-]+/).filter(Boolean);
  const initials = `${letters[0]?.[0] ?? '?'}${letters.length > 1 ? (letters.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
  return (
    <span
      class={`avatar avatar-${app ? 'app' : tone}`}
      aria-hidden="true"
      data-initials={initials}
      style={{ width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.38)}px` }}
    />
  );
}
