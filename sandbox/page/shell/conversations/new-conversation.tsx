import type { User } from '../../../state/model.ts';
import { Composer } from '../composer/composer.tsx';
import { Avatar } from '../people/avatar.tsx';

/** A direct conversation before its first message. */
export function NewConversation({ person }: { person: User }) {
  const name = person.realName || person.name;
  return (
    <>
      <header class="pane-head">
        <Avatar id={person.id} name={name} size={24} />
        <h2>{name}</h2>
      </header>
      <div class="message-scroll">
        <p class="channel-start">You and {name} have not talked yet.</p>
      </div>
      <Composer channel={person.id} placeholder={`Message ${name}`} />
    </>
  );
}
