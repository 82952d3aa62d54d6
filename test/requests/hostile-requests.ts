import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ACTIONS, LEAD_ACTIONS, LEAD_VIEWS, OPTIONS, SHORTCUTS, VIEWS } from '../../src/blocks/kit/ids.ts';
import { hostileNumber, hostileNumeral } from '../hostile-text.ts';
import { TYPED_VERBS } from '../typed-verbs.ts';
import { honestAnswers, hostileReference, hostileText, type Known, spoiling } from './hostile-answers.ts';

/** One request of Slack's, but for what makes it genuine: `payload` is a form's field, a command's fields or an event. */
export type HostileRequest =
  | { kind: 'command'; fields: Record<string, string> }
  | { kind: 'interaction'; payload: Record<string, unknown>; window: object | null }
  | { kind: 'event'; event: Record<string, unknown> };

/** Windows without a button that sends them. */
const CANNOT_BE_SENT: ReadonlySet<string> = new Set([VIEWS.repeats, VIEWS.defectCard, VIEWS.defectReports]);

const number = fc.oneof(fc.constantFrom('1', '2', 'D-3', '#1', '999999999', '2147483648'), hostileNumeral);

const command = fc
  .tuple(
    fc.constantFrom(...Object.values(TYPED_VERBS)),
    fc.oneof(fc.constant(''), number),
    fc.oneof(fc.constant(''), number),
    fc.oneof(fc.constant(''), hostileText),
  )
  .map((words): HostileRequest => ({ kind: 'command', fields: { text: words.join(' ') } }));

const named = fc.oneof(hostileText, fc.constantFrom('C0NOBODY', 'U0NOBODY', 'USLACKBOT'));

/** Names and instants as an event or a message may bring them. */
const oddField = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, undefined, {}, [], 'C0NOBODY', 'U0NOBODY', 'home', true),
);

export function hostileRequests(known: Known): Record<string, fc.Arbitrary<HostileRequest>> {
  const reference = hostileReference(known);
  const window = (callbackId: fc.Arbitrary<unknown>) =>
    fc.record({ callbackId, metadata: reference, spoil: spoiling }).map(({ callbackId: id, metadata, spoil }) => {
      const values = spoil(honestAnswers(known));
      const blocks = Object.keys(values).map((block) => ({ type: 'input', block_id: block }));
      return { callback_id: id, private_metadata: metadata, state: { values }, blocks };
    });
  const form = fc.constantFrom(
    ...Object.values(VIEWS).filter((id) => !CANNOT_BE_SENT.has(id)),
    ...Object.values(LEAD_VIEWS),
  );
  const anywhere = fc.option(window(form), { freq: 2 });
  return {
    commands: command,
    forms: window(form).map((view) => ({ kind: 'interaction', payload: { type: 'view_submission' }, window: view })),
    buttons: fc
      .record({
        id: fc.constantFrom(...Object.values(ACTIONS), ...Object.values(LEAD_ACTIONS), ...Object.values(OPTIONS)),
        value: reference,
        anywhere,
      })
      .map(({ id, value, anywhere: view }) => ({
        kind: 'interaction',
        payload: { type: 'block_actions', actions: [{ type: 'button', action_id: id, block_id: 'any', value }] },
        window: view,
      })),
    options: fc
      .record({ value: fc.oneof(hostileText, oddField), view: window(fc.constant(VIEWS.merge)) })
      .map(({ value, view }) => ({
        kind: 'interaction',
        payload: { type: 'block_suggestion', action_id: OPTIONS.defect, block_id: 'any', value },
        window: view,
      })),
    shortcuts: fc.record({ text: oddField, user: oddField, ts: oddField }).map((message) => ({
      kind: 'interaction',
      payload: { type: 'message_action', callback_id: SHORTCUTS.reportMessage, message },
      window: null,
    })),
    events: fc
      .record({
        type: fc.constantFrom(
          'app_home_opened',
          'member_joined_channel',
          'member_left_channel',
          'user_change',
          'team_join',
          'message',
        ),
        user: fc.oneof(named, fc.record({ id: oddField })),
        channel: named,
        tab: fc.constantFrom('home', 'messages', null),
        inviter: oddField,
      })
      .map((event) => ({ kind: 'event', event })),
  };
}

export type Sender = {
  userId: string;
  teamId: string;
  botId: string;
  channelId: string;
  viewId: string;
  triggerId: string;
  responseUrl: string;
};

/** The body of it as Slack would send it. */
export function bodyOf(request: HostileRequest, sender: Sender): { body: string; isJson: boolean } {
  const { userId, teamId, botId, channelId, viewId, triggerId, responseUrl } = sender;
  if (request.kind === 'event') {
    const authorizations = [{ team_id: teamId, user_id: botId, is_bot: true, is_enterprise_install: false }];
    const { event } = request;
    return {
      body: JSON.stringify({
        type: 'event_callback',
        team_id: teamId,
        event_id: `Ev${randomUUID()}`,
        authorizations,
        event,
      }),
      isJson: true,
    };
  }
  const common = { trigger_id: triggerId, response_url: responseUrl };
  if (request.kind === 'command') {
    const fields = {
      command: '/defect',
      team_id: teamId,
      user_id: userId,
      channel_id: channelId,
      ...common,
      ...request.fields,
    };
    return { body: new URLSearchParams(fields).toString(), isJson: false };
  }
  const around = { user: { id: userId, team_id: teamId }, team: { id: teamId }, is_enterprise_install: false };
  const view = request.window && {
    id: viewId,
    type: 'modal',
    hash: 'any',
    previous_view_id: null,
    app_installed_team_id: teamId,
    ...request.window,
  };
  const place = view
    ? { view, container: { type: 'view' } }
    : { channel: { id: channelId, name: 'any' }, container: { type: 'message' } };
  const payload = JSON.stringify({ ...common, ...around, ...place, ...request.payload });
  return { body: new URLSearchParams({ payload }).toString(), isJson: false };
}
