const paths = {
  hash: 'M6 3 4.6 17M15.4 3 14 17M2.5 7h15M2 13h15',
  lock: 'M5.5 9V6.5a4.5 4.5 0 0 1 9 0V9M4 9h12v8H4z',
  home: 'm3 9 7-6 7 6v8h-4.5v-5h-5v5H3z',
  menu: 'M3 5h14M3 10h14M3 15h14',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  reply: 'M17 15v-2.5A3.5 3.5 0 0 0 13.5 9H4m4-4L4 9l4 4',
  bolt: 'M11 2 4 11.5h5L8.5 18 16 8h-5.5z',
  close: 'm4.5 4.5 11 11m0-11-11 11',
  chevron: 'm5 8 5 5 5-5',
  clock: 'M10 5.5V10l3 2M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15z',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 1.5v2m0 13v2m8.5-8.5h-2m-13 0h-2m14.5-6-1.4 1.4M5.4 14.6 4 16m12 0-1.4-1.4M5.4 5.4 4 4',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z',
  eye: 'M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10zM10 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  send: 'M3 10 2.5 3 18 10 2.5 17 3 10zm0 0h7',
  warning: 'M10 3 1.800 17h16.400zM10 8v4m0 2.5v.01',
  panel: 'M2.5 3.5h15v13h-15zM2.5 11.5h15',
  check: 'm4 10.5 4 4 8-9',
  calendar: 'M3 5h14v12H3zM3 8.5h14M7 3v3m6-3v3',
  slash: 'M4 3h12v14H4zM8 13l4-6',
  trash: 'M4 6h12M8 6V4h4v2m-6.5 0 .7 11h7.600l.7-11',
  pencil: 'm4 13-.5 3.5L7 16l9-9-3-3z',
  info: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 9v5m0-7.5v.01',
  clip: 'm16 9-6.500 6.500a4 4 0 0 1-5.600-5.600l7-7a2.600 2.600 0 0 1 3.700 3.700l-6.800 6.800a1.200 1.200 0 0 1-1.800-1.800l6-6',
  smile: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM6.5 12a4 4 0 0 0 7 0M7.5 7.800v.01m5-.01v.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        stroke-width={name === 'more' ? 2.6 : 1.6}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
