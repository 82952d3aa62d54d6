import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Element } from '../../blocks/block.ts';
import { type Place, useSurface } from '../surface.ts';

const typingPauseMs = 250;
type InputKind = { type: 'text' | 'email' | 'url'; mode?: 'decimal' | 'email' | 'url' };

const kinds: Record<string, InputKind> = {
  email_text_input: { type: 'email', mode: 'email' },
  url_text_input: { type: 'url', mode: 'url' },
  number_input: { type: 'text', mode: 'decimal' },
};

/** Plain text, e-mail, address and number inputs. What is typed stays here until a pause, blur or submit. */
export function TextInput({ element, place }: { element: Element; place: Place }) {
  const surface = useSurface();
  const actionId = element.action_id ?? '';
  const known = surface.values[place.blockId]?.[actionId]?.value ?? element.initial_value ?? '';
  const [typed, setTyped] = useState(known);
  const box = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(typed);

  // What the app sets by views.update shows, unless somebody is typing here just now.
  useEffect(() => {
    if (document.activeElement === box.current && latest.current !== '') return;
    latest.current = known;
    setTyped(known);
  }, [known]);
  useLayoutEffect(() => {
    if (element.focus_on_load) box.current?.focus();
    return () => clearTimeout(timer.current);
  }, []);

  const commit = () => {
    clearTimeout(timer.current);
    if (latest.current !== known) void surface.fill(place.blockId, latest.current);
  };
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const onInput = (text: string) => {
    latest.current = text;
    setTyped(text);
    surface.draft(place.blockId, text);
    clearTimeout(timer.current);
    timer.current = setTimeout(commit, typingPauseMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || element.multiline) return;
    event.preventDefault();
    if (!place.dispatches || !triggers.includes('on_enter_pressed')) return;
    clearTimeout(timer.current);
    void surface.fill(place.blockId, latest.current).then(() => surface.pressEnter(place.blockId));
  };

  const limit = element.max_length;
  const shared = {
    ref: (drawn: HTMLInputElement | HTMLTextAreaElement | null) => {
      box.current = drawn;
    },
    id: place.controlId,
    class: 'field',
    value: typed,
    maxLength: limit,
    placeholder: element.placeholder?.text,
    disabled: surface.inert,
    'aria-labelledby': place.labelledBy,
    'aria-describedby': place.describedBy,
    'aria-invalid': surface.errors[place.blockId] ? true : undefined,
    onBlur: commit,
    onKeyDown,
    onInput: (event: Event) => onInput((event.target as HTMLInputElement).value),
  };
  const kind: InputKind = kinds[element.type] ?? { type: 'text' };
  return (
    <div class="field-box">
      {element.multiline ? (
        <textarea rows={4} {...shared} />
      ) : (
        <input type={kind.type as 'text'} inputMode={kind.mode} autocomplete="off" {...shared} />
      )}
      {limit !== undefined && typed.length > limit * 0.8 ? (
        <span class="field-left" aria-live="polite">
          {limit - typed.length} left
        </span>
      ) : null}
    </div>
  );
}
