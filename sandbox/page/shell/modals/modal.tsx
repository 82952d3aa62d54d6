import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ModalView } from '../../../state/model.ts';
import { api } from '../../api.ts';
import { BlockList } from '../../blocks/block-list.tsx';
import { PlainText } from '../../text/mrkdwn.tsx';
import { Icon } from '../kit/icon.tsx';
import { Avatar } from '../people/avatar.tsx';
import { useScreen } from '../screen.ts';
import { FormDialog } from './form-dialog.tsx';
import { missingInputs } from './missing-inputs.ts';
import { type Drafts, ViewSurface } from './view-surface.tsx';

export function Modal({ view, depth }: { view: ModalView; depth: number }) {
  const { act, leave, settled, snapshot } = useScreen();
  const drafts = useRef<Drafts>(new Map());
  const body = useRef<HTMLDivElement>(null);
  const title = view.title?.text ?? '';
  const [missing, setMissing] = useState<Record<string, string>>({});
  const unfilled = Object.keys(missing).length > 0 ? missingInputs(view, drafts.current) : {};
  const errors = {
    ...view.errors,
    ...Object.fromEntries(Object.entries(missing).filter(([blockId]) => blockId in unfilled)),
  };
  const broken = Object.keys(errors).length;

  useEffect(() => {
    if (broken > 0) body.current?.querySelector('.has-error')?.scrollIntoView({ block: 'nearest' });
  }, [view.errors, missing]);
  useLayoutEffect(() => {
    drafts.current.clear();
    setMissing({});
    const first = body.current?.querySelector<HTMLElement>(
      'input:not([type=hidden]), textarea, button, [tabindex="0"]',
    );
    if (first && !body.current?.contains(document.activeElement) && first.getAttribute('role') !== 'combobox')
      first.focus();
  }, [view.id]);

  // Whoever becomes somebody else for a moment finds their form as it was.
  useEffect(
    () => () => {
      const typed = Object.fromEntries(drafts.current);
      if (Object.keys(typed).length > 0)
        void api.verb('fill', snapshot.me.id, { view: view.id, values: typed }).catch(() => {});
    },
    [view.id],
  );

  const submit = async () => {
    const typed = Object.fromEntries(drafts.current);
    drafts.current.clear();
    if (Object.keys(typed).length > 0 && (await act('fill', { view: view.id, values: typed })) === undefined) return;
    // What was picked a moment ago may not be on this screen yet.
    await settled();
    const { modals } = await api.snapshot(snapshot.me.id);
    const empty = missingInputs(modals.find(({ id }) => id === view.id) ?? view, drafts.current);
    setMissing(empty);
    if (Object.keys(empty).length === 0) await act('submit', { view: view.id });
  };
  const close = (verb: 'cancel' | 'closeAll') => {
    drafts.current.clear();
    leave(verb, view);
  };
  const cancel = () => close('cancel');
  return (
    <FormDialog label={title} onEscape={cancel}>
      <div class="modal-head">
        <Avatar id={snapshot.app.id} name={snapshot.app.name} app size={28} />
        <div>
          <h2>
            <PlainText text={title} />
          </h2>
          <p>
            {snapshot.app.name}
            {depth > 1 ? ` · step ${depth}` : ''}
          </p>
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="Close all"
          title="Close"
          onClick={() => close('closeAll')}
        >
          <Icon name="close" size={16} />
        </button>
      </div>
      {view.banner ? (
        <div class="modal-banner" role="alert">
          <Icon name="warning" size={16} /> {view.banner}
        </div>
      ) : null}
      <div class="modal-body" ref={body} tabIndex={-1}>
        <ViewSurface view={view} drafts={drafts} inert={view.pending} errors={errors}>
          <BlockList key={view.id} blocks={view.blocks} />
        </ViewSurface>
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={cancel}>
          {view.close?.text ?? (depth > 1 ? 'Back' : 'Cancel')}
        </button>
        {view.submit ? (
          <button
            type="button"
            class={view.pending ? 'button button-primary busy' : 'button button-primary'}
            aria-busy={view.pending}
            disabled={view.pending || view.submitDisabled}
            onClick={() => void submit()}
          >
            <PlainText text={view.submit.text} />
          </button>
        ) : null}
      </footer>
    </FormDialog>
  );
}
