import { wordViewViolations } from '../block-kit/errors.ts';
import { validateSurface } from '../block-kit/validate.ts';
import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { View } from '../state/model.ts';
import { emptyHome, publishHome } from '../views/home.ts';
import { replaceContents, type ViewDefinition } from '../views/view-definition.ts';
import { viewPayload } from '../views/view-payload.ts';
import { openModal, pushModal, stackOf } from '../views/view-stack.ts';
import { ApiError, worded } from './api-error.ts';
import { type Args, missing } from './args.ts';
import { refusedBlocks, requireFileInputScope } from './block-permissions.ts';
import type { Answer, Call, Handlers } from './method.ts';
import { takeTrigger } from './take-trigger.ts';

/** The checked definition; throws what views.* answer for a view that Slack refuses. */
export function readDefinition(engine: Engine, value: unknown, type: View['type']): ViewDefinition {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw missing('view');
  if (Buffer.byteLength(JSON.stringify(value)) > limits.viewBytes.value) throw new ApiError('view_too_large');
  const violations = validateSurface(type, value);
  if (violations.length > 0) {
    for (const { message, pointer } of violations)
      engine.audit.brokenRules.add({
        rule: 'invalid_view',
        detail: `${message} at ${pointer}`,
        at: engine.clock.now(),
      });
    engine.changed({ kind: 'broken_rule' });
    throw worded(wordViewViolations(violations));
  }
  const definition = value as ViewDefinition;
  const files = refusedBlocks(engine, definition.blocks, '/blocks');
  if (files.length > 0) throw worded(wordViewViolations(files));
  requireFileInputScope(engine, definition.blocks);
  return definition;
}

function requireNewExternalId(engine: Engine, definition: ViewDefinition, own?: View): void {
  if (!definition.external_id) return;
  for (const view of everyView(engine))
    if (view.externalId === definition.external_id && view.id !== own?.id) throw new ApiError('duplicate_external_id');
}

function* everyView(engine: Engine): Generator<View> {
  for (const stack of engine.state.modals.values()) yield* stack;
  yield* engine.state.homes.values();
}

const sent = (args: Args) => args.json('view', 'invalid_arguments');

function open(engine: Engine, args: Args, { token }: Call): Answer {
  const trigger = takeTrigger(engine, args);
  const definition = readDefinition(engine, sent(args), 'modal');
  requireNewExternalId(engine, definition);
  trigger.used = true;
  const view = openModal(engine, trigger.user, definition, trigger.channel);
  view.execution = engine.vault.find(token ?? '')?.execution;
  return { view: viewPayload(engine, view) };
}

function push(engine: Engine, args: Args): Answer {
  const trigger = takeTrigger(engine, args);
  const definition = readDefinition(engine, sent(args), 'modal');
  const stack = stackOf(engine, trigger.user);
  if (!trigger.viewId || !stack.some((view) => view.id === trigger.viewId)) throw new ApiError('not_found');
  if (stack.length >= limits.viewStack.value) throw new ApiError('push_limit_reached');
  requireNewExternalId(engine, definition);
  trigger.used = true;
  const view = pushModal(engine, trigger.user, definition);
  if (!view) throw new ApiError('push_limit_reached');
  return { view: viewPayload(engine, view) };
}

function update(engine: Engine, args: Args): Answer {
  const externalId = args.string('external_id');
  const view = externalId
    ? [...everyView(engine)].find((entry) => entry.externalId === externalId)
    : engine.state.view(args.required('view_id'));
  const checked = readDefinition(engine, sent(args), 'modal');
  if (view?.type !== 'modal') throw new ApiError('not_found');
  if (args.string('hash') !== undefined && args.string('hash') !== view.hash) throw new ApiError('hash_conflict');
  requireNewExternalId(engine, checked, view);
  replaceContents(engine, view, checked);
  engine.changed({ kind: view.type, user: view.user });
  return { view: viewPayload(engine, view) };
}

function publish(engine: Engine, args: Args): Answer {
  const user = engine.state.users.get(args.required('user_id'));
  if (!user || user.isBot) throw new ApiError('invalid_arguments');
  const definition = readDefinition(engine, sent(args), 'home');
  if (!engine.state.app.manifest.features?.app_home?.home_tab_enabled) throw new ApiError('not_enabled');
  const current = engine.state.homes.get(user.id) ?? emptyHome;
  if (args.string('hash') !== undefined && args.string('hash') !== current.hash) throw new ApiError('hash_conflict');
  requireNewExternalId(engine, definition, engine.state.homes.get(user.id));
  return { view: viewPayload(engine, publishHome(engine, user.id, definition)) };
}

export const viewMethods: Handlers = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
