import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDirectory } from '../../directory.ts';
import { epochSeconds, wallTime } from '../../elements/date-input.tsx';
import { Icon } from '../kit/icon.tsx';
import { cityOf } from '../people/person-switch.tsx';
import { useScreen } from '../screen.ts';
import { nextWeekday } from './next-weekday.ts';

const hourMs = 3_600_000;

/** The workspace's time, the same for whoever looks, and the ways to move it on. */
export function ClockBar({ now }: { now: Date }) {
  const { attempt, say, snapshot } = useScreen();
  const { timeZone } = snapshot;
  const { viewer } = useDirectory();
  const [moving, setMoving] = useState(false);
  const [setting, setSetting] = useState(false);

  const move = async (step: Parameters<typeof api.moveClock>[0]) => {
    setMoving(true);
    await attempt(api.moveClock(step));
    setMoving(false);
  };
  const set = (event: Event) => {
    event.preventDefault();
    const wall = new FormData(event.target as HTMLFormElement).get('wall');
    const seconds = epochSeconds(String(wall), timeZone);
    setSetting(false);
    if (seconds === undefined) return;
    if (seconds * 1000 <= now.getTime()) say('The clock only moves forward: pick a later time.');
    else void move({ at: seconds * 1000 });
  };
  const day = new Intl.DateTimeFormat(viewer.locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const time = new Intl.DateTimeFormat(viewer.locale, { timeZone, hour: '2-digit', minute: '2-digit' });
  return (
    <div class="clock-bar" role="toolbar" aria-label="Sandbox clock" aria-busy={moving}>
      <button
        type="button"
        class="clock-now"
        aria-expanded={setting}
        title="Set the clock"
        onClick={() => setSetting(!setting)}
      >
        <Icon name="clock" size={15} />
        <span class="clock-day">{day.format(now)}</span>
        <strong class="clock-time">{time.format(now)}</strong>
        <span class="clock-zone">{cityOf(timeZone)}</span>
      </button>
      <div class="clock-steps">
        <button type="button" disabled={moving} onClick={() => void move({ stepMs: hourMs })}>
          +1 hour
        </button>
        <button type="button" disabled={moving} onClick={() => void move({ at: now.getTime() + 24 * hourMs })}>
          +1 day
        </button>
        <button type="button" disabled={moving} onClick={() => void move({ at: nextWeekday(now, timeZone, 1, 10) })}>
          Next Monday 10:00
        </button>
        <button type="button" disabled={moving} onClick={() => void move({ at: nextWeekday(now, timeZone, 5, 15) })}>
          Next Friday 15:00
        </button>
      </div>
      {setting ? (
        <form class="clock-set" onSubmit={set}>
          <label>
            <span>Move the clock to ({cityOf(timeZone)})</span>
            <input
              type="datetime-local"
              name="wall"
              class="field"
              required
              min={wallTime(now.getTime() / 1000, timeZone)}
              defaultValue={wallTime(now.getTime() / 1000, timeZone)}
            />
          </label>
          <button type="submit" class="button button-primary">
            Set
          </button>
        </form>
      ) : null}
    </div>
  );
}
