import type { Element } from '../../blocks/block.ts';
import { ImageFigure } from '../blocks/image-figure.tsx';
import type { Place } from '../surface.ts';
import { ButtonElement } from './button-element.tsx';
import { DateInput } from './date-input.tsx';
import { FeedbackButtons } from './feedback-buttons.tsx';
import { FileInput } from './file-input.tsx';
import { OptionList } from './option-list.tsx';
import { OverflowElement } from './overflow-element.tsx';
import { Select } from './select.tsx';
import { TextInput } from './text-input.tsx';

export function ElementView({ element, place }: { element: Element; place: Place }) {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return <ButtonElement element={element} place={place} />;
    case 'feedback_buttons':
      return <FeedbackButtons element={element} place={place} />;
    case 'overflow':
      return <OverflowElement element={element} place={place} />;
    case 'checkboxes':
    case 'radio_buttons':
      return <OptionList element={element} place={place} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateInput element={element} place={place} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextInput element={element} place={place} />;
    case 'rich_text_input':
      return <TextInput element={{ ...element, multiline: true, initial_value: '' }} place={place} />;
    case 'file_input':
      return <FileInput element={element} place={place} />;
    case 'image':
      return <ImageFigure image={element} size="accessory" />;
    default:
      return element.type.endsWith('_select') ? (
        <Select element={element} place={place} />
      ) : (
        <UnknownPiece type={element.type} />
      );
  }
}

export function UnknownPiece({ type }: { type: string }) {
  return (
    <div class="unknown">
      The sandbox page does not draw <code>{type}</code> yet.
    </div>
  );
}
