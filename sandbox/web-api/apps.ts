import { ApiError } from './api-error.ts';
import type { Handlers } from './method.ts';
import { nextCursor } from './paginate.ts';

export const appMethods: Handlers = {
  'apps.connections.open': (engine) => {
    if (!engine.sockets?.enabled) throw new ApiError('forbidden_team');
    return { url: engine.sockets.ticket() };
  },
  'apps.event.authorizations.list': (engine, args) => {
    args.required('event_context');
    const { botUserId } = engine.state.app;
    const authorization = { enterprise_id: null, team_id: engine.state.team.id, user_id: botUserId, is_bot: true };
    return { authorizations: [{ ...authorization, is_enterprise_install: false }], ...nextCursor(undefined) };
  },
};
