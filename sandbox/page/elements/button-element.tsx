import type { Element } from '../../blocks/block.ts';
import type { Place } from '../surface.ts';
import { PlainText } from '../text/mrkdwn.tsx';
import { isSafeUrl } from '../text/parse-mrkdwn.ts';
import { useControl } from './use-control.tsx';

const styles: Record<string, string> = { primary: ' button-primary', danger: ' button-danger' };

export function ButtonElement({ element, place }: { element: Element; place: Place }) {
  const { busy, inert, choose, confirmation } = useControl(element, place);
  const label = element.accessibility_label as string | undefined;
  const press = () => {
    if (element.url && isSafeUrl(element.url)) window.open(element.url, '_blank', 'noopener,noreferrer');
    choose({ value: element.value, text: element.text?.text });
  };
  return (
    <>
      <button
        type="button"
        class={`button${styles[element.style ?? ''] ?? ''}${busy ? ' busy' : ''}`}
        aria-label={label}
        aria-busy={busy}
        disabled={inert}
        onClick={press}
      >
        <PlainText text={element.text?.text ?? ''} emoji={element.text?.emoji} />
        {element.url ? (
          <span class="button-away" aria-hidden="true">
            {' '}
            ↗
          </span>
        ) : null}
      </button>
      {confirmation}
    </>
  );
}
