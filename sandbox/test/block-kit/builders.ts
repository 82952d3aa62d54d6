export type Json = Record<string, unknown>;

export const chars = (n: number) => 'x'.repeat(n);
export const times = <T>(n: number, make: (index: number) => T): T[] =>
  Array.from({ length: n }, (_, index) => make(index));

export const plain = (text = 'Words') => ({ type: 'plain_text', text });
export const mrkdwn = (text = 'Words') => ({ type: 'mrkdwn', text });
export const urlOf = (length: number) => `https://example.com/${chars(length - 'https://example.com/'.length)}`;

export const section = (more: Json = {}) => ({ type: 'section', text: mrkdwn(), ...more });
export const divider = () => ({ type: 'divider' });
export const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
export const input = (element: Json, more: Json = {}) => ({ type: 'input', label: plain('Label'), element, ...more });
export const button = (more: Json = {}) => ({ type: 'button', text: plain('Press'), ...more });
export const image = (more: Json = {}) => ({
  type: 'image',
  image_url: 'https://example.com/chart.png',
  alt_text: 'A chart',
  ...more,
});
export const option = (value = 'v', more: Json = {}) => ({
  text: plain(`Option ${value}`.slice(0, 75)),
  value,
  ...more,
});
export const options = (n: number) => times(n, (index) => option(`v${index}`));
export const select = (more: Json = {}) => ({ type: 'static_select', options: options(2), ...more });
export const textInput = (more: Json = {}) => ({ type: 'plain_text_input', ...more });
export const richText = (...elements: unknown[]) => ({ type: 'rich_text', elements });
export const richSection = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
export const text = (words = 'Words') => ({ type: 'text', text: words });
export const cell = (words = 'cell') => ({ type: 'raw_text', text: words });
export const rows = (height: number, width: number, words = 'x') =>
  times(height, () => times(width, () => cell(words)));
export const table = (more: Json = {}) => ({ type: 'table', rows: rows(2, 2), ...more });
export const dataTable = (more: Json = {}) => ({ type: 'data_table', caption: 'Defects', rows: rows(2, 2), ...more });
export const pie = (segments: unknown[] = [{ label: 'open', value: 3 }], more: Json = {}) => ({
  type: 'data_visualization',
  title: 'Defects',
  chart: { type: 'pie', segments },
  ...more,
});
export const series = (name: string, labels: string[]) => ({
  name,
  data: labels.map((label) => ({ label, value: -1.5 })),
});
export const bars = (count = 1, categories = ['Mon', 'Tue'], axes: Json = {}) => ({
  type: 'data_visualization',
  title: 'Defects',
  chart: {
    type: 'bar',
    series: times(count, (index) => series(`s${index}`, categories)),
    axis_config: { categories, ...axes },
  },
});
export const card = (more: Json = {}) => ({ type: 'card', title: mrkdwn('A card'), ...more });
export const container = (more: Json = {}) => ({
  type: 'container',
  title: plain('A container'),
  child_blocks: [divider()],
  ...more,
});
export const taskCard = (more: Json = {}) => ({
  type: 'task_card',
  task_id: 't1',
  title: 'A task',
  status: 'in_progress',
  ...more,
});
export const video = (more: Json = {}) => ({
  type: 'video',
  video_url: 'https://example.com/v',
  thumbnail_url: 'https://example.com/t.png',
  alt_text: 'A video',
  title: plain('A video'),
  ...more,
});

export const message = (...blocks: unknown[]) => ({ text: 'A message', blocks });
export const modal = (blocks: unknown[], more: Json = {}) => ({
  type: 'modal',
  title: plain('A modal'),
  submit: plain('Send'),
  blocks,
  ...more,
});
export const home = (...blocks: unknown[]) => ({ type: 'home', blocks });
