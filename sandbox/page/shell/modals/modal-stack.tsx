import { useScreen } from '../screen.ts';
import { Modal } from './modal.tsx';

/** The open modals of the viewer; only the one on top can be used. */
export function ModalStack() {
  const { modals, snapshot } = useScreen();
  const top = modals.at(-1);
  return top ? <Modal key={`${snapshot.me.id}-${top.rootViewId}`} view={top} depth={modals.length} /> : null;
}
