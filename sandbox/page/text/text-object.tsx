import type { TextObject } from '../../blocks/block.ts';
import { Mrkdwn, PlainText } from './mrkdwn.tsx';

export function TextObjectView({ text }: { text: TextObject }) {
  if (text.type === 'mrkdwn') return text.verbatim ? <div class="text">{text.text}</div> : <Mrkdwn text={text.text} />;
  return (
    <div class="text plain">
      <PlainText text={text.text} emoji={text.emoji} />
    </div>
  );
}
