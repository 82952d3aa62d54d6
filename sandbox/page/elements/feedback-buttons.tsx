import type { Element, TextObject } from '../../blocks/block.ts';
import type { Place } from '../surface.ts';
import { useControl } from './use-control.tsx';

type Feedback = { text: TextObject; value: string; accessibility_label?: string };

/** Thumbs, named by what the app says they mean. */
export function FeedbackButtons({ element, place }: { element: Element; place: Place }) {
  const { inert, choose } = useControl(element, place);
  const thumbs: [string, Feedback][] = [
    ['👍', element.positive_button as Feedback],
    ['👎', element.negative_button as Feedback],
  ];
  return thumbs.map(([thumb, { value, text, accessibility_label: label }]) => (
    <button
      key={value}
      type="button"
      class="button"
      aria-label={label ?? text.text}
      title={text.text}
      disabled={inert}
      onClick={() => choose({ value, text: text.text })}
    >
      <span aria-hidden="true">{thumb}</span>
    </button>
  ));
}
