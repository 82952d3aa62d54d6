import { useState } from 'preact/hooks';
import type { Entity, EntityDetails, Message } from '../../../state/model.ts';
import { SafeLink } from '../../text/inline.tsx';
import { isSafeUrl } from '../../text/parse-mrkdwn.ts';
import { useDeeds } from '../deeds.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useScreen } from '../screen.ts';

type Loose = { [key: string]: unknown };

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  if (isLoose(value)) return textOf(value.text ?? value.value ?? value.label ?? value.alt_text ?? '');
  return value === undefined || value === null ? '' : String(value);
};

function readable({ entity_payload: payload }: Entity) {
  const { attributes, fields, custom_fields: custom } = isLoose(payload) ? payload : ({} as Loose);
  const about = isLoose(attributes) ? attributes : {};
  const named = isLoose(fields) ? Object.entries(fields) : [];
  const extra = Array.isArray(custom) ? custom.filter(isLoose) : [];
  return {
    title: textOf(about.title),
    kind: textOf(about.display_type) || textOf(about.product_name),
    fields: [
      ...named.map(([name, value]) => [
        name.replaceAll('_', ' '),
        textOf(isLoose(value) ? (value.user ?? value) : value),
      ]),
      ...extra.map((field) => [textOf(field.label), textOf(field.value ?? field.image_url)]),
    ].filter(([, value]) => value !== ''),
  };
}

/** The work objects that a message is about. */
export function Entities({ message }: { message: Message }) {
  const [open, setOpen] = useState(false);
  const { act } = useDeeds();
  return (
    <>
      {message.entities?.map((entity, index) => {
        const { title, kind } = readable(entity);
        const show = () => {
          setOpen(true);
          void act('openEntity', { channel: message.channel, ts: message.ts, id: entity.external_ref?.id });
        };
        return (
          <button key={index} type="button" class="entity" onClick={show}>
            <span class="card-title">{title}</span>
            <span class="card-subtitle">{kind}</span>
          </button>
        );
      })}
      {open ? <EntityDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function EntityDialog({ onClose }: { onClose: () => void }) {
  const { snapshot } = useScreen();
  const { entity } = snapshot.details ?? {};
  const title = entity ? readable(entity).title : 'Details';
  return (
    <Dialog label={title} className="dialog confirm" onEscape={onClose}>
      <h2>{title}</h2>
      <div class="edit-body">
        <Details details={snapshot.details} appName={snapshot.app.name} />
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Details({ details, appName }: { details: EntityDetails | undefined; appName: string }) {
  if (!details) return <p role="status">{appName} has not said yet what there is to show.</p>;
  const { entity, error, authUrl } = details;
  if (error) return <p role="alert">{textOf(error.custom_message) || `${appName} cannot show this now.`}</p>;
  if (authUrl && isSafeUrl(authUrl))
    return (
      <p>
        {appName} asks you to <SafeLink url={authUrl}>connect your account</SafeLink> first.
      </p>
    );
  return (
    <dl class="attachment-fields">
      {(entity ? readable(entity).fields : []).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
