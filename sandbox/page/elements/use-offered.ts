import { useEffect, useState } from 'preact/hooks';
import type { Element } from '../../blocks/block.ts';
import { useDirectory } from '../directory.ts';
import { useSurface } from '../surface.ts';
import { fromOptions, matching, offeredChoices, type SelectChoice, selectSource } from './select-choices.ts';

const typingPauseMs = 200;
const defaultMinQueryLength = 3;

/** The choices under an open select, with a line that says why there are none. */
export function useOffered(
  element: Element,
  query: string,
  open: boolean,
): { choices: SelectChoice[]; note: string | undefined } {
  const directory = useDirectory();
  const surface = useSurface();
  const { source } = selectSource(element);
  const [found, setFound] = useState<SelectChoice[]>();
  const external = source === 'external';
  const needed = element.min_query_length ?? defaultMinQueryLength;
  const asks = external && open && query.length >= needed;

  useEffect(() => {
    setFound(undefined);
    if (!asks) return;
    let current = true;
    const timer = setTimeout(async () => {
      const options = await surface.search(element.action_id ?? '', query).catch(() => []);
      if (current) setFound(fromOptions(options));
    }, typingPauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asks, query]);

  if (!external) {
    const choices = matching(offeredChoices(element, source, directory), query);
    return { choices, note: choices.length === 0 ? 'Nothing matches' : undefined };
  }
  if (!asks) return { choices: [], note: `Type ${needed} character${needed === 1 ? '' : 's'} or more to search` };
  if (!found) return { choices: [], note: 'Searching…' };
  return { choices: found, note: found.length === 0 ? 'Nothing found' : undefined };
}
