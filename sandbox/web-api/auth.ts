import { ApiError } from './api-error.ts';
import type { Handlers } from './method.ts';
import { nextCursor } from './paginate.ts';

export const authMethods: Handlers = {
  'api.test': (_engine, args) => {
    const error = args.string('error');
    const { token: _token, ...echoed } = args.raw;
    if (error) throw new ApiError(error, { args: echoed });
    return { args: echoed };
  },
  'auth.test': (engine) => {
    const { app, team, users } = engine.state;
    return {
      url: `${engine.origin}/`,
      team: team.name,
      user: users.get(app.botUserId)?.name,
      team_id: team.id,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    };
  },
  'auth.teams.list': (engine) => ({
    teams: [{ id: engine.state.team.id, name: engine.state.team.name }],
    ...nextCursor(undefined),
  }),
  'team.info': (engine) => {
    const { id, name, domain } = engine.state.team;
    return { team: { id, name, domain, email_domain: '', icon: { image_default: true } } };
  },
  'bots.info': (engine, args) => {
    const { app } = engine.state;
    const bot = args.string('bot') ?? app.botId;
    if (bot !== app.botId) throw new ApiError('bot_not_found');
    return {
      bot: {
        id: app.botId,
        deleted: false,
        name: app.name,
        updated: 0,
        app_id: app.id,
        user_id: app.botUserId,
        icons: {},
      },
    };
  },
};
