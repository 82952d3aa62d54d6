import type { Element } from '../../blocks/block.ts';
import { Icon } from '../shell/kit/icon.tsx';
import { Menu } from '../shell/kit/menu.tsx';
import type { Place } from '../surface.ts';
import { withEmoji } from '../text/mrkdwn.tsx';
import { isSafeUrl } from '../text/parse-mrkdwn.ts';
import { useControl } from './use-control.tsx';

export function OverflowElement({ element, place }: { element: Element; place: Place }) {
  const { inert, choose, confirmation } = useControl(element, place);
  const items = (element.options ?? []).map((option) => ({
    label: withEmoji(option.text.text),
    hint: option.description?.text,
    run: () => {
      if (option.url && isSafeUrl(option.url)) window.open(option.url, '_blank', 'noopener,noreferrer');
      choose({ option: option.value });
    },
  }));
  return (
    <>
      <Menu label="More actions" items={items} className="button button-square" disabled={inert}>
        <Icon name="more" />
      </Menu>
      {confirmation}
    </>
  );
}
