import { Modal } from './modal.tsx';
import { useScreen } from './screen.ts';

/** The open modals of the viewer; only the one on top can be used. */
export function ModalStack() {
  const { modals } = useScreen().snapshot;
  const top = modals.at(-1);
  return top ? <Modal key={top.rootViewId} view={top} depth={modals.length} /> : null;
}
