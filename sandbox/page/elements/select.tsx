import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Element } from '../../blocks/block.ts';
import { useDirectory } from '../directory.ts';
import { Icon } from '../shell/kit/icon.tsx';
import { type Place, useSurface } from '../surface.ts';
import { choiceOf, chosenNow, type SelectChoice, selectSource } from './select-choices.ts';
import { SelectList } from './select-list.tsx';
import { useControl } from './use-control.tsx';
import { useOffered } from './use-offered.ts';

/** Every kind of select: one or many; options, people, channels, or what the app answers to a search. */
export function Select({ element, place }: { element: Element; place: Place }) {
  const surface = useSurface();
  const directory = useDirectory();
  const { source, many } = selectSource(element);
  const { busy, inert, choose, confirmation } = useControl(element, place);
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const { choices, note } = useOffered(element, query, open);
  const chosen = chosenNow(element, surface.values[place.blockId]?.[element.action_id ?? ''], directory);
  const values = chosen.map((choice) => choice.value);
  const full = many && element.max_selected_items !== undefined && values.length >= element.max_selected_items;

  useEffect(() => setActive(0), [query, choices.length]);
  useLayoutEffect(() => {
    if (element.focus_on_load) input.current?.focus();
  }, []);

  const set = (next: string[]) => {
    const { choice, fill } = choiceOf(element, next);
    choose(choice, fill);
  };
  const close = () => {
    setOpen(false);
    setQuery('');
  };
  const take = (choice: SelectChoice) => {
    const taken = values.includes(choice.value);
    if (many && taken) set(values.filter((value) => value !== choice.value));
    else if (full) return;
    else if (source === 'external') void surface.pick(element.action_id ?? '', query, choice.value);
    else set(many ? [...values, choice.value] : [choice.value]);
    if (!many) close();
    else setQuery('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const current = choices[active];
    if (move) {
      event.preventDefault();
      setOpen(true);
      setActive((at) => Math.min(Math.max(at + move, 0), choices.length - 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (open && current) take(current);
      else setOpen(true);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && query === '' && values.length > 0 && many) set(values.slice(0, -1));
  };

  const label = many ? '' : (chosen[0]?.label ?? '');
  const clearable = place.inInput && !many && chosen.length > 0;
  return (
    <div class={`select${many ? ' select-many' : ''}${busy ? ' busy' : ''}`} data-open={open}>
      {many
        ? chosen.map((choice) => (
            <span key={choice.value} class="chip">
              {choice.label}
              <button
                type="button"
                aria-label={`Remove ${choice.label}`}
                disabled={inert}
                onClick={() => set(values.filter((value) => value !== choice.value))}
              >
                ×
              </button>
            </span>
          ))
        : null}
      <input
        ref={input}
        id={place.controlId}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        autocomplete="off"
        aria-activedescendant={open && choices[active] ? `${listId}-${active}` : undefined}
        aria-labelledby={place.labelledBy}
        aria-describedby={place.describedBy}
        aria-label={place.labelledBy ? undefined : (element.placeholder?.text ?? 'Choose')}
        aria-invalid={surface.errors[place.blockId] ? true : undefined}
        placeholder={label || (many && chosen.length > 0 ? '' : (element.placeholder?.text ?? 'Choose…'))}
        class={label ? 'has-choice' : ''}
        value={open ? query : label}
        disabled={inert}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={close}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          setOpen(true);
          setQuery((event.target as HTMLInputElement).value);
        }}
      />
      {clearable ? (
        <button
          type="button"
          class="select-clear"
          aria-label={`Clear ${label}`}
          disabled={inert}
          onClick={() => set([])}
        >
          ×
        </button>
      ) : (
        <Icon name="chevron" size={14} />
      )}
      {open ? (
        <SelectList
          id={listId}
          choices={choices}
          note={full ? 'No more can be chosen' : note}
          active={active}
          values={values}
          onTake={take}
        />
      ) : null}
      {confirmation}
    </div>
  );
}
