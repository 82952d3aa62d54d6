import type { ComponentChildren, RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Option, OptionGroup } from '../../../blocks/block.ts';
import type { View } from '../../../state/model.ts';
import { api } from '../../api.ts';
import { type Surface, SurfaceContext } from '../../surface.ts';
import { useScreen } from '../screen.ts';

/** What people typed into a view and the sandbox was not told yet: block_id -> text. */
export type Drafts = Map<string, string>;

type ViewSurfaceProps = {
  view: View;
  drafts: RefObject<Drafts>;
  inert?: boolean;
  errors?: View['errors'];
  children: ComponentChildren;
};

/** Lets the controls of a modal or of the Home tab act on that view. */
export function ViewSurface({ view, drafts, inert = false, errors = view.errors, children }: ViewSurfaceProps) {
  const { act, snapshot } = useScreen();
  const me = snapshot.me.id;
  const surface = useMemo<Surface>(() => {
    const here = { view: view.id };
    const flush = async () => {
      const typed = Object.fromEntries(drafts.current ?? []);
      drafts.current?.clear();
      if (Object.keys(typed).length > 0) await act('fill', { ...here, values: typed });
    };
    return {
      id: `view-${view.id}`,
      kind: view.type,
      values: view.values,
      errors,
      inert,
      click: async (target, confirmed) => {
        await flush();
        await act('click', { ...here, target, confirm: confirmed });
      },
      fill: async (blockId, value) => {
        drafts.current?.delete(blockId);
        return (await act('fill', { ...here, values: { [blockId]: value } })) !== undefined;
      },
      draft: (blockId, value) => void drafts.current?.set(blockId, value),
      pressEnter: async (block) => void (await act('pressEnter', { ...here, block })),
      search: (actionId, query) =>
        api.verb<Option[] | OptionGroup[]>('searchOptions', me, { ...here, actionId, query }),
      pick: async (actionId, query, choose) => void (await act('pick', { ...here, actionId, query, choose })),
    };
  }, [view, inert, me, JSON.stringify(errors)]);
  return <SurfaceContext.Provider value={surface}>{children}</SurfaceContext.Provider>;
}
