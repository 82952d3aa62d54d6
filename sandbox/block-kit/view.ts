import { limits } from '../rules/limits.ts';
import { anyBlock, placedBlocks } from './blocks.ts';
import { checkSchema, isRecord } from './check-schema.ts';
import { plainText } from './composition-objects.ts';
import { checkPlacement } from './placement.ts';
import { array, boolean, type Field, required, string, typed, union } from './schema.ts';
import { miss, type Report } from './violation.ts';

const common: Record<string, Field> = {
  blocks: required(array(anyBlock, 0, limits.viewBlocks.value)),
  private_metadata: string(limits.privateMetadata.value),
  callback_id: string(limits.callbackId.value),
  external_id: string(limits.externalId.value),
};

const modal = typed({
  ...common,
  title: required(plainText(limits.viewTitle.value)),
  submit: plainText(limits.viewSubmit.value),
  close: plainText(limits.viewClose.value),
  clear_on_close: boolean,
  notify_on_close: boolean,
});

const schemas = { modal: union({ modal }), home: union({ home: typed(common) }) };

export function checkView(surface: 'modal' | 'home', view: unknown, report: Report): void {
  checkSchema(schemas[surface], view, '', report);
  if (!isRecord(view)) return;
  const blocks = placedBlocks(view.blocks, '/blocks');
  checkPlacement(blocks, report);
  const asks = blocks.some(({ value }) => value.type === 'input');
  if (surface === 'modal' && asks && view.submit === undefined) miss(report, '', 'submit');
}
