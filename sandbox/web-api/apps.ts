import { ApiError } from './api-error.ts';
import { type Methods, method } from './method.ts';

export const appMethods: Methods = {
  'apps.connections.open': method({ token: 'app' }, (engine) => {
    if (!engine.sockets) throw new ApiError('forbidden_team');
    return { url: engine.sockets.ticket() };
  }),
};
