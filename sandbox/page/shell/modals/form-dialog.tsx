import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

type FormDialogProps = { label: string; onEscape: () => void; children: ComponentChildren };

/**
 * An app's form over the workspace of one person. Whoever tries an app goes on to move the clock, to look at the
 * inspector and to become somebody else meanwhile, so only what belongs to the person is out of reach.
 */
export function FormDialog({ label, onEscape, children }: FormDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const leave = useRef(onEscape);
  leave.current = onEscape;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const target = event.target as Element;
      const inForm = target === document.body || target.closest('dialog') === dialog.current;
      if (!inForm) return;
      event.preventDefault();
      leave.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  // Asked before the form is drawn: what is in it may take the focus.
  const [opener] = useState(() => document.activeElement as HTMLElement | null);
  useLayoutEffect(() => {
    const covered = [...document.querySelectorAll<HTMLElement>('.rail, .main, .thread-pane')];
    for (const part of covered) part.inert = true;
    const form = dialog.current;
    return () => {
      for (const part of covered) part.inert = false;
      // Nobody is taken away from the clock or the inspector, which stay in reach.
      const { activeElement: focused } = document;
      if (!focused || focused === document.body || form?.contains(focused)) opener?.focus?.();
    };
  }, []);
  return (
    <div class="form-layer">
      <dialog ref={dialog} open aria-label={label} class="dialog modal">
        {children}
      </dialog>
    </div>
  );
}
