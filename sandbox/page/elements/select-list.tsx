import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SelectChoice } from './select-choices.ts';

type SelectListProps = {
  id: string;
  choices: SelectChoice[];
  note: string | undefined;
  active: number;
  values: string[];
  onTake: (choice: SelectChoice) => void;
};

export function SelectList({ id, choices, note, active, values, onTake }: SelectListProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.scrollIntoView({ block: 'nearest' }), [choices.length]);
  useLayoutEffect(() => {
    list.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // The pointer must not take the focus from the field, or the list would close before the click arrives.
    <div class="select-list" ref={list} onPointerDown={(event) => event.preventDefault()}>
      <div id={id} role="listbox" aria-label="Choices">
        {choices.map((choice, at) => (
          <div key={choice.value}>
            {choice.group && choice.group !== choices[at - 1]?.group ? (
              <div class="select-group" role="presentation">
                {choice.group}
              </div>
            ) : null}
            <div
              id={`${id}-${at}`}
              data-at={at}
              role="option"
              aria-selected={values.includes(choice.value)}
              tabIndex={-1}
              class={at === active ? 'select-option active' : 'select-option'}
              onClick={(event) => {
                event.stopPropagation();
                onTake(choice);
              }}
              onKeyDown={() => {}}
            >
              <span>{choice.label}</span>
              {choice.description ? <span class="select-description">{choice.description}</span> : null}
            </div>
          </div>
        ))}
      </div>
      {note ? (
        <div class="select-note" role="status">
          {note}
        </div>
      ) : null}
    </div>
  );
}
