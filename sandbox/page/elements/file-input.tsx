import type { Element } from '../../model.ts';
import type { Place } from '../surface.ts';

/** The sandbox's people cannot attach files to a modal yet, and the field says so instead of looking usable. */
export function FileInput({ element, place }: { element: Element; place: Place }) {
  const most = typeof element.max_files === 'number' ? element.max_files : 10;
  return (
    <div class="field-box">
      <input
        type="file"
        id={place.controlId}
        class="field"
        disabled
        multiple={most > 1}
        aria-labelledby={place.labelledBy}
        aria-describedby={place.describedBy}
      />
      <span class="note">Files in modals are not modelled in this sandbox.</span>
    </div>
  );
}
