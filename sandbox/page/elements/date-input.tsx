import { TZDate } from '@date-fns/tz';
import type { Element } from '../../blocks/block.ts';
import { useDirectory } from '../directory.ts';
import { type Place, useSurface } from '../surface.ts';
import { useControl } from './use-control.tsx';

/** Date, time and date-time pickers, in the browser's own controls. */
export function DateInput({ element, place }: { element: Element; place: Place }) {
  const surface = useSurface();
  const { viewer } = useDirectory();
  const { inert, choose, confirmation } = useControl(element, place);
  const state = surface.values[place.blockId]?.[element.action_id ?? ''];
  const shared = {
    id: place.controlId,
    class: 'field field-short',
    disabled: inert,
    'aria-labelledby': place.labelledBy,
    'aria-describedby': place.describedBy,
    'aria-label': place.labelledBy ? undefined : (element.placeholder?.text ?? 'Pick a date or time'),
    'aria-invalid': surface.errors[place.blockId] ? true : undefined,
  };
  const heard = (use: (text: string) => void) => (event: Event) => use((event.target as HTMLInputElement).value);
  if (element.type === 'datepicker') {
    const value = (state ? state.selected_date : element.initial_date) ?? '';
    return (
      <>
        <input type="date" value={value} {...shared} onChange={heard((date) => choose({ date }, date || null))} />
        {confirmation}
      </>
    );
  }
  if (element.type === 'timepicker') {
    const value = (state ? state.selected_time : element.initial_time) ?? '';
    return (
      <>
        <input type="time" value={value} {...shared} onChange={heard((time) => choose({ time }, time || null))} />
        {confirmation}
      </>
    );
  }
  const seconds = state ? state.selected_date_time : element.initial_date_time;
  const pick = (text: string) => {
    const dateTime = epochSeconds(text, viewer.tz);
    if (dateTime !== undefined) choose({ dateTime }, dateTime);
  };
  return (
    <>
      <input
        type="datetime-local"
        value={seconds ? wallTime(seconds, viewer.tz) : ''}
        {...shared}
        onChange={heard(pick)}
      />
      {confirmation}
    </>
  );
}

/** 'YYYY-MM-DDTHH:mm' on the wall clock of the zone. */
export function wallTime(seconds: number, tz: string): string {
  const local = new TZDate(seconds * 1000, tz);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}T${two(local.getHours())}:${two(local.getMinutes())}`;
}

export function epochSeconds(wall: string, tz: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(wall)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts;
  return new TZDate(year, month - 1, day, hour, minute, tz).getTime() / 1000;
}
