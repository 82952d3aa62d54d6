import type { Boundary } from './boundary.ts';
import {
  actions,
  button,
  dataTable,
  input,
  message,
  modal,
  mrkdwn,
  options,
  rows,
  select,
  textInput,
  times,
} from './builders.ts';

export type Minimum =
  | 'contextElementsMin'
  | 'actionsElementsMin'
  | 'selectOptionsMin'
  | 'maxSelectedItemsMin'
  | 'plainTextInputMaxLengthMin'
  | 'fileInputMaxFilesMin'
  | 'dataTableRowsMin';

/** For each rule of a least number a payload with the given number. */
export const minima: Record<Minimum, Boundary> = {
  contextElementsMin: {
    limit: 1,
    payload: (n) => message({ type: 'context', elements: times(n, () => mrkdwn()) }),
    pointer: '/blocks/0/elements',
    type: 'min_items',
  },
  actionsElementsMin: {
    limit: 1,
    payload: (n) => message(actions(...times(n, () => button()))),
    pointer: '/blocks/0/elements',
    type: 'min_items',
  },
  selectOptionsMin: {
    limit: 1,
    payload: (n) => message(actions(select({ options: options(n) }))),
    pointer: '/blocks/0/elements/0/options',
    type: 'min_items',
  },
  maxSelectedItemsMin: {
    limit: 1,
    payload: (n) => message(actions({ type: 'multi_users_select', max_selected_items: n })),
    pointer: '/blocks/0/elements/0/max_selected_items',
    type: 'minimum',
  },
  plainTextInputMaxLengthMin: {
    limit: 1,
    surface: 'modal',
    payload: (n) => modal([input(textInput({ max_length: n }))]),
    pointer: '/blocks/0/element/max_length',
    type: 'minimum',
  },
  fileInputMaxFilesMin: {
    limit: 1,
    surface: 'modal',
    payload: (n) => modal([input({ type: 'file_input', max_files: n })]),
    pointer: '/blocks/0/element/max_files',
    type: 'minimum',
  },
  dataTableRowsMin: {
    limit: 2,
    payload: (n) => message(dataTable({ rows: rows(n, 1) })),
    pointer: '/blocks/0/rows',
    type: 'min_items',
  },
};
