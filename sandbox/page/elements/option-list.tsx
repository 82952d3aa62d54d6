import { useEffect, useId, useState } from 'preact/hooks';
import type { Element, Option, StateValue } from '../../blocks/block.ts';
import { type Place, useSurface } from '../surface.ts';
import { TextObjectView } from '../text/text-object.tsx';
import { useControl } from './use-control.tsx';

/** Checkboxes and radio buttons. */
export function OptionList({ element, place }: { element: Element; place: Place }) {
  const surface = useSurface();
  const { busy, inert, choose, confirmation } = useControl(element, place);
  const name = useId();
  const many = element.type === 'checkboxes';
  const state = surface.values[place.blockId]?.[element.action_id ?? ''];
  // What was just ticked shows at once, not only when the sandbox has it.
  const [ticked, setTicked] = useState<string[]>();
  const chosen = ticked ?? chosenOptions(element, state);

  useEffect(() => {
    if (!busy) setTicked(undefined);
  }, [busy, state]);

  const toggle = (option: Option) => {
    const kept = chosen.filter((value) => value !== option.value);
    const next = !many ? [option.value] : chosen.includes(option.value) ? kept : [...chosen, option.value];
    if (!element.confirm) setTicked(next);
    if (many) choose({ options: next }, next);
    else choose({ option: option.value }, option.value);
  };
  return (
    <fieldset
      class="option-list"
      role={many ? undefined : 'radiogroup'}
      aria-labelledby={place.labelledBy}
      aria-describedby={place.describedBy}
      aria-label={place.labelledBy ? undefined : 'Choices'}
    >
      {(element.options ?? []).map((option) => (
        <label key={option.value} class="option">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(option.value)}
            disabled={inert}
            onChange={() => toggle(option)}
          />
          <span>
            <TextObjectView text={option.text} />
            {option.description ? (
              <span class="option-description">
                <TextObjectView text={option.description} />
              </span>
            ) : null}
          </span>
        </label>
      ))}
      {confirmation}
    </fieldset>
  );
}

function chosenOptions(element: Element, state: StateValue | undefined): string[] {
  if (state?.selected_options) return state.selected_options.map((option) => option.value);
  if (state && 'selected_option' in state) return state.selected_option ? [state.selected_option.value] : [];
  return [...(element.initial_options ?? []), ...(element.initial_option ? [element.initial_option] : [])].map(
    (option) => option.value,
  );
}
