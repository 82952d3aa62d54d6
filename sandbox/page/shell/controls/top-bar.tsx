import { useEffect, useState } from 'preact/hooks';
import { remember, remembered } from '../../remembered.ts';
import { Icon } from '../kit/icon.tsx';
import { PersonSwitch } from '../people/person-switch.tsx';
import { ClockBar } from './clock-bar.tsx';

type TopBarProps = {
  now: Date;
  become: (id: string) => void;
  inspecting: boolean;
  inspect: (open: boolean) => void;
  failure: string | undefined;
  isRailOpen: boolean;
  openRail: (open: boolean) => void;
};

export function TopBar({ now, become, inspecting, inspect, failure, isRailOpen, openRail }: TopBarProps) {
  return (
    <header class="top-bar">
      <button
        type="button"
        class="icon-button rail-toggle"
        aria-label="Channels"
        aria-expanded={isRailOpen}
        onClick={() => openRail(!isRailOpen)}
      >
        <Icon name="menu" size={18} />
      </button>
      <p class={failure ? 'banner banner-lost' : 'banner'} role="status">
        <span class="banner-dot" aria-hidden="true" />
        <span class="banner-words">{failure ?? 'Local sandbox. Not Slack.'}</span>
      </p>
      <ClockBar now={now} />
      <div class="top-end">
        <button
          type="button"
          class="icon-button with-label"
          aria-pressed={inspecting}
          onClick={() => inspect(!inspecting)}
        >
          <Icon name="panel" size={16} />
          <span class="button-label">Inspector</span>
        </button>
        <ThemeToggle />
        <PersonSwitch become={become} />
      </div>
    </header>
  );
}

function ThemeToggle() {
  const [theme, setTheme] = useState(remembered('theme'));
  const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  useEffect(() => {
    document.documentElement.style.colorScheme = theme ?? 'light dark';
  }, [theme]);
  const toggle = () => {
    const next = dark ? 'light' : 'dark';
    remember('theme', next);
    setTheme(next);
  };
  const label = dark ? 'Use light colours' : 'Use dark colours';
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={toggle}>
      <Icon name={dark ? 'sun' : 'moon'} size={16} />
    </button>
  );
}
