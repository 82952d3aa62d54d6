import { enterpriseOf, isOrgInstall } from '../oauth/organisation.ts';
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
  'auth.test': (engine, _args, { token = '' }) => {
    const { app, team, users } = engine.state;
    const entry = engine.vault.find(token);
    const id = entry?.personal ? entry.user : app.botUserId;
    return {
      url: `${engine.origin}/`,
      team: team.name,
      user: users.get(id)?.name,
      team_id: team.id,
      user_id: id,
      ...(entry?.personal ? {} : { bot_id: app.botId }),
      ...(engine.organisation ? { enterprise_id: engine.organisation.id } : {}),
      is_enterprise_install: isOrgInstall(engine),
    };
  },
  'auth.teams.list': (engine) => {
    const given = engine.everyWorkspace().filter((workspace) => workspace === engine || isOrgInstall(workspace));
    return {
      teams: given.map(({ state }) => ({ id: state.team.id, name: state.team.name })),
      ...nextCursor(undefined),
    };
  },
  'team.info': (engine) => {
    const { id, name, domain } = engine.state.team;
    const enterprise = enterpriseOf(engine);
    const named = enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {};
    return { team: { id, name, domain, email_domain: '', icon: { image_default: true }, ...named } };
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
