import type { Prompt } from '../../../seed/manifest.ts';
import type { Message } from '../../../state/model.ts';
import { useDirectory } from '../../directory.ts';
import { useDeeds } from '../deeds.ts';

type PromptsProps = { title?: string | undefined; prompts: Prompt[] | undefined; channel: string; thread?: string };

/** What the app offers to be asked; a click says it. */
export function Prompts({ title = 'Try one of these', prompts, channel, thread }: PromptsProps) {
  const { act, openThread } = useDeeds();
  if (!prompts || prompts.length === 0) return null;
  const ask = async (text: string) => {
    const said = await act<Message>('say', { to: channel, text, thread });
    if (said?.threadTs && !thread) openThread({ channel, ts: said.threadTs });
  };
  return (
    <section class="prompts" aria-label={title}>
      <p>{title}</p>
      {prompts.map((prompt) => (
        <button key={prompt.title} type="button" class="button" onClick={() => void ask(prompt.message)}>
          {prompt.title}
        </button>
      ))}
    </section>
  );
}

/** The end of a thread: what the app is doing there, and what it offers to be asked. */
export function ThreadNotes({ root }: { root: Message }) {
  const { people } = useDirectory();
  const { status, prompts, promptsTitle } = root.thread ?? {};
  const app = [...people.values()].find(({ isBot }) => isBot)?.name ?? 'The app';
  return (
    <>
      {status ? (
        <p class="thread-status" role="status">
          <span class="thread-dots" aria-hidden="true" />
          {app} {status}
        </p>
      ) : null}
      <Prompts title={promptsTitle} prompts={prompts} channel={root.channel} thread={root.ts} />
    </>
  );
}
