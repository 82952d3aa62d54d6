import type { RichTextBlock } from '@slack/types';
import type { Block } from '../../blocks/block.ts';
import { SafeLink } from '../text/inline.tsx';
import { isSafeUrl } from '../text/parse-mrkdwn.ts';
import { RichText } from '../text/rich-text.tsx';

const statusWords: Record<string, string> = {
  pending: 'Pending',
  in_progress: 'In progress',
  complete: 'Complete',
  error: 'Error',
};

export function TaskCard({ block }: { block: Block }) {
  const status = String(block.status ?? 'pending');
  const sources = (block.sources ?? []) as { url: string; text: string }[];
  return (
    <div class={`card task task-${status}`}>
      <div class="card-title">
        {String(block.title ?? '')} <span class="badge">{statusWords[status] ?? status}</span>
      </div>
      {[block.details, block.output].map((part, index) =>
        part ? <RichText key={index} block={part as RichTextBlock} /> : null,
      )}
      {sources.map(({ url, text }) =>
        isSafeUrl(url) ? (
          <SafeLink key={url} url={url}>
            {text}
          </SafeLink>
        ) : (
          text
        ),
      )}
    </div>
  );
}

export function Plan({ block }: { block: Block }) {
  const tasks = (block.tasks ?? []) as Block[];
  return (
    <div class="container">
      <span class="container-title">{String(block.title ?? '')}</span>
      {tasks.map((task, index) => (
        <TaskCard key={index} block={task} />
      ))}
    </div>
  );
}
