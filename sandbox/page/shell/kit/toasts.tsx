import { useEffect, useRef } from 'preact/hooks';
import type { Toast } from '../use-screen-state.ts';
import { Icon } from './icon.tsx';

/** What the sandbox refused, in a popover: it must show over an open modal too. */
export function Toasts({ toasts, dismiss }: { toasts: Toast[]; dismiss: (id: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const popover = box.current;
    if (popover?.matches(':popover-open')) popover.hidePopover();
    if (toasts.length > 0) popover?.showPopover();
  }, [toasts]);
  return (
    <div class="toasts" role="alert" popover="manual" ref={box}>
      {toasts.map((toast) => (
        <div key={toast.id} class="toast">
          <span>{toast.words}</span>
          <button type="button" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
