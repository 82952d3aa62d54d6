import type { Element, TextObject } from '../../model.ts';
import type { Place } from '../surface.ts';
import { useControl } from './use-control.tsx';

type Feedback = { text: TextObject; value: string; accessibility_label?: string };

export function FeedbackButtons({ element, place }: { element: Element; place: Place }) {
  const { inert, choose } = useControl(element, place);
  const both = [element.positive_button, element.negative_button] as Feedback[];
  return both.map((feedback) => (
    <button
      key={feedback.value}
      type="button"
      class="button"
      aria-label={feedback.accessibility_label}
      disabled={inert}
      onClick={() => choose({ value: feedback.value, text: feedback.text.text })}
    >
      {feedback.text.text}
    </button>
  ));
}
