import { limits } from '../rules/limits.ts';
import {
  anyBlock,
  checkActionIds,
  checkBlockIds,
  checkFileInputs,
  checkFocus,
  checkSurfaces,
  placedBlocks,
} from './blocks.ts';
import { checkSchema, isRecord } from './check-schema.ts';
import { plainText } from './composition-objects.ts';
import { array, boolean, type Field, lazy, required, string, typed, union } from './schema.ts';
import { miss, type Report } from './violation.ts';

const common: Record<string, Field> = {
  blocks: required(
    array(
      lazy(() => anyBlock),
      0,
      limits.viewBlocks.value,
    ),
  ),
  private_metadata: string(limits.privateMetadata.value),
  callback_id: string(limits.callbackId.value),
  external_id: string(limits.externalId.value),
};

const modal = union({
  modal: typed({
    ...common,
    title: required(plainText(limits.viewTitle.value)),
    submit: plainText(limits.viewSubmit.value),
    close: plainText(limits.viewClose.value),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
  }),
});

const home = union({ home: typed(common) });

export function checkView(view: unknown, report: Report): void {
  checkSchema(report.surface === 'home' ? home : modal, view, '', report);
  if (!isRecord(view)) return;
  const placed = placedBlocks(view.blocks, '/blocks');
  checkSurfaces(placed, report);
  checkBlockIds(placed, report);
  checkActionIds(placed, report);
  checkFocus(placed, limits.focusOnLoad.value, report);
  checkFileInputs(placed, ['modal'], report);
  const hasInput = placed.some(({ block }) => block.type === 'input');
  if (report.surface === 'modal' && hasInput && view.submit === undefined) miss(report, '', 'submit');
}
