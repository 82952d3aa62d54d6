import type { ComponentChildren } from 'preact';

type HintListProps = {
  id: string;
  label: string;
  rows: { key: string; content: ComponentChildren }[];
  active: number;
  onTake: (at: number) => void;
};

/** Completions over the composer; the focus stays in the text. */
export function HintList({ id, label, rows, active, onTake }: HintListProps) {
  return (
    <div class="hints" id={id} role="listbox" aria-label={label}>
      {rows.map(({ key, content }, at) => (
        <div
          key={key}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          tabIndex={-1}
          class={at === active ? 'hint-row active' : 'hint-row'}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(at);
          }}
        >
          {content}
        </div>
      ))}
    </div>
  );
}
