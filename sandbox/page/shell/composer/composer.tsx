import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { hasCommands } from '../../../people/roles.ts';
import type { Message } from '../../../state/model.ts';
import { useDirectory } from '../../directory.ts';
import { FileChips } from '../../elements/file-chips.tsx';
import { sentFiles } from '../../sent-file.ts';
import { AppDeeds } from '../app-deeds.tsx';
import { Icon } from '../kit/icon.tsx';
import { useScreen } from '../screen.ts';
import { CommandHints, hintsFor } from './command-hints.tsx';
import { MentionHints, mentionAt, mentionsFor } from './mention-hints.tsx';
import { useDraft } from './use-draft.ts';

const isSaid = (answer: unknown): answer is Message =>
  typeof answer === 'object' && answer !== null && 'threadTs' in answer;

type ComposerProps = { channel: string; thread?: string; placeholder: string };

/** Where a person types: messages, replies and slash commands. */
export function Composer({ channel, thread, placeholder }: ComposerProps) {
  const { snapshot, act, openThread } = useScreen();
  const directory = useDirectory();
  const [draft, setDraft] = useDraft(`${snapshot.me.id} ${channel} ${thread ?? ''}`);
  const { text, files } = draft;
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const features =
    snapshot.install.isInstalled && hasCommands(snapshot.me) ? snapshot.app.manifest.features : undefined;
  const commands = dismissed || thread ? [] : hintsFor(text, features?.slash_commands ?? []);
  const mention =
    dismissed || commands.length > 0 ? undefined : mentionAt(text, box.current?.selectionStart ?? text.length);
  const mentions = mention ? mentionsFor(mention, directory) : [];
  const hints = commands.length || mentions.length;
  const name = /^\/\S+/.exec(text)?.[0];
  const empty = text.trim() === '' && files.length === 0;
  const attach = async (list: FileList | null | undefined) => {
    const chosen = await sentFiles(list);
    if (chosen.length > 0) setDraft((before) => ({ ...before, files: [...before.files, ...chosen] }));
  };
  const slashInThread =
    thread !== undefined &&
    name !== undefined &&
    (features?.slash_commands ?? []).some(({ command }) => command === name);

  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
  }, [text]);
  useEffect(() => setActive(0), [hints]);

  const write = (next: string) => {
    setDraft((before) => ({ ...before, text: next }));
    setDismissed(false);
  };
  const complete = (at: number) => {
    const command = commands[at];
    const person = mentions[at];
    if (command) write(`${command.command} `);
    else if (person && mention)
      write(`${text.slice(0, mention.start)}@${person.handle} ${text.slice(mention.start + mention.query.length + 1)}`);
    box.current?.focus();
  };
  const send = async () => {
    if (empty || slashInThread) return;
    setDraft(() => ({ text: '', files: [] }));
    setDismissed(false);
    const answer =
      /^\/\S/.test(text) && files.length === 0
        ? await act('slash', { channel, text, thread })
        : await act<Message>('say', { to: channel, text, thread, files });
    // What is said to an assistant begins a thread, which is where it answers.
    if (!thread && isSaid(answer) && answer.threadTs) openThread({ channel, ts: answer.threadTs });
    if (answer === undefined) setDraft((now) => (now.text || now.files.length > 0 ? now : draft));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (hints > 0 && move) {
      event.preventDefault();
      setActive((at) => (at + move + hints) % hints);
    } else if (
      hints > 0 &&
      (event.key === 'Tab' || (event.key === 'Enter' && commands[active]?.command !== text.trim()))
    ) {
      event.preventDefault();
      complete(active);
    } else if (event.key === 'Escape' && hints > 0) {
      event.preventDefault();
      setDismissed(true);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  };

  return (
    <div class="composer">
      {commands.length > 0 ? (
        <CommandHints id={listId} commands={commands} active={active} onTake={complete} appName={snapshot.app.name} />
      ) : null}
      {mentions.length > 0 ? <MentionHints id={listId} people={mentions} active={active} onTake={complete} /> : null}
      {slashInThread ? (
        <p class="composer-refusal" role="alert">
          {name} is not supported in threads. Sorry!
        </p>
      ) : null}
      <FileChips
        files={files}
        onRemove={(at) =>
          setDraft((before) => ({ ...before, files: before.files.filter((_file, index) => index !== at) }))
        }
      />
      <div class="composer-box">
        {thread ? null : <AppDeeds />}
        <label class="icon-button attach" title="Attach files">
          <Icon name="clip" size={17} />
          <input
            type="file"
            multiple
            aria-label="Attach files"
            onChange={async (event) => {
              const input = event.target as HTMLInputElement;
              await attach(input.files);
              input.value = '';
              box.current?.focus();
            }}
          />
        </label>
        <textarea
          ref={box}
          rows={1}
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          spellcheck={false}
          aria-controls={hints > 0 ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={hints > 0 ? `${listId}-${active}` : undefined}
          onInput={(event) => write((event.target as HTMLTextAreaElement).value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => void attach(event.clipboardData?.files)}
        />
        <button
          type="button"
          class="send"
          aria-label="Send"
          disabled={empty || slashInThread}
          onClick={() => void send()}
        >
          <Icon name="send" size={17} />
        </button>
      </div>
    </div>
  );
}
