import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Option, OptionGroup } from '../../../blocks/block.ts';
import type { Message } from '../../../state/model.ts';
import { api } from '../../api.ts';
import { type Surface, SurfaceContext } from '../../surface.ts';
import { useDeeds } from '../deeds.ts';

/** Lets the controls of a message act on that message. */
export function MessageSurface({
  message,
  prefix,
  children,
}: {
  message: Message;
  prefix: string;
  children: ComponentChildren;
}) {
  const { act, me } = useDeeds();
  const { channel, ts, values } = message;
  const surface = useMemo<Surface>(() => {
    const here = { channel, ts };
    return {
      id: `${prefix}-${ts}`,
      kind: 'message',
      values: values ?? {},
      errors: {},
      inert: false,
      click: async (target, confirmed) => void (await act('click', { ...here, target, confirm: confirmed })),
      // A message has no form: what is typed into it is told to the app at once or not at all.
      fill: async () => false,
      draft: () => {},
      pressEnter: async () => {},
      search: (actionId, query) =>
        api.verb<Option[] | OptionGroup[]>('searchOptions', me, { ...here, actionId, query }),
      pick: async (actionId, query, choose) => void (await act('pick', { ...here, actionId, query, choose })),
    };
  }, [channel, ts, values, me, prefix]);
  return <SurfaceContext.Provider value={surface}>{children}</SurfaceContext.Provider>;
}
