import { Icon } from './icon.tsx';
import type { Toast } from './use-screen-state.ts';

export function Toasts({ toasts, dismiss }: { toasts: Toast[]; dismiss: (id: number) => void }) {
  return (
    <div class="toasts" role="alert">
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
