import { authorizationOf } from '../oauth/organisation.ts';
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
    return { authorizations: [authorizationOf(engine)], ...nextCursor(undefined) };
  },
};
