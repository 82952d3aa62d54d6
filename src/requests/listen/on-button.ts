import type { BlockAction, ButtonAction, OverflowAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { noticeModal } from '../../blocks/kit/notice-modal.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Asked, admit, type Door, type Entry } from '../door.ts';
import { actOnce, type OnceAdmitted } from '../once/act-once.ts';
import { clicked, type Received, textOr } from '../once/received.ts';
import { saysNothing } from '../once/recorded.ts';
import { answer, tellAlone } from './answer.ts';

type Ids = string | readonly string[];

/** A button that changes something. */
export type ButtonListener<N, A> = Omit<OnceAdmitted<N, A>, 'tell'> & {
  /** Left out where the effect shows by itself in what was enqueued. */
  tell?: (said: A, asked: Asked<N>) => Promise<unknown>;
};

export function onButton<N, A>(door: Door, ids: Ids, listener: ButtonListener<N, A>): void {
  eachClick(door, ids, async (received, { ack, body, context }) => {
    await actOnce<N, A>(
      door,
      { request: { ack, body, context }, received, alone: tellAlone(received) },
      {
        ...listener,
        tell: async (said, asked) => (asked && listener.tell ? listener.tell(said, asked) : saysNothing()),
      },
    );
  });
}

/** A button that opens a modal, on top of the one it stands in. Why it does not is shown in its place. */
export function onOpen<N>(
  door: Door,
  ids: Ids,
  listener: Entry<N> & { view: (asked: Asked<N>) => Promise<ModalView | null> },
): void {
  eachClick(door, ids, async (received, { ack }) => {
    await ack();
    await answer(door, tellAlone(received), async () => {
      const view = await viewOrWhyNot(async () => listener.view(await admit(door, received, listener)));
      if (view) await open(received, view);
    });
  });
}

/** A button or menu whose effect is seen in the modal that it stands in. */
export function onChange<N>(
  door: Door,
  ids: Ids,
  listener: Entry<N> & { change: (asked: Asked<N>) => Promise<unknown> },
): void {
  eachClick(door, ids, async (received, { ack }) => {
    await ack();
    await answer(door, tellAlone(received), async () => listener.change(await admit(door, received, listener)));
  });
}

/** A button whose listener goes through the gate itself, on the way to a form. */
export function onRun(door: Door, ids: Ids, run: (received: Received, actionId: string) => Promise<unknown>): void {
  eachClick(door, ids, async (received, { ack, action }) => {
    await ack();
    await answer(door, tellAlone(received), () => run(received, action.action_id));
  });
}

/** A button that puts another page in the place of the message that it stands in. */
export function onPage<N>(
  door: Door,
  ids: Ids,
  listener: Entry<N> & { page: (asked: Asked<N>) => Promise<Message> },
): void {
  eachClick(door, ids, async (received, { ack, respond }) => {
    await ack();
    await answer(door, tellAlone(received), async () => {
      const page = await listener.page(await admit(door, received, listener));
      await respond({ response_type: 'ephemeral', replace_original: true, ...page });
    });
  });
}

export async function open({ client, triggerId, view: on }: Received, view: ModalView) {
  const opening = { trigger_id: triggerId, view };
  return on?.type === 'modal' ? client.views.push(opening) : client.views.open(opening);
}

/** The view, or a modal that says why there is none. */
export async function viewOrWhyNot(make: () => Promise<ModalView | null>): Promise<ModalView | null> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return noticeModal('Not possible', mrkdwn`${error.message}`);
  }
}

type Click = Parameters<Parameters<typeof listen>[2]>[0];

function eachClick(door: Door, ids: Ids, work: (received: Received, click: Click) => Promise<void>): void {
  for (const id of [ids].flat()) {
    listen(door, id, async (click) => work(clicked(click.body, chosenValue(click.action), click.client), click));
  }
}

function listen(
  door: Door,
  id: string,
  work: Parameters<typeof door.app.action<BlockAction<ButtonAction | OverflowAction>>>[1],
): void {
  door.app.action<BlockAction<ButtonAction | OverflowAction>>(id, work);
}

function chosenValue(action: ButtonAction | OverflowAction): string {
  return textOr(action.type === 'overflow' ? action.selected_option?.value : action.value);
}
