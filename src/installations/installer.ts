import type { HTTPReceiverOptions, InstallationStore } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { installPage, showInstalled, showNotInstalled } from './install-pages.ts';
import { BOT_SCOPES } from './scopes.ts';

/** What Slack knows the app by. */
export type OauthApp = { clientId: string; clientSecret: string; stateSecret: string };

const REDIRECT_PATH = '/slack/oauth_redirect';
const AUTHORIZE_PATH = '/oauth/v2/authorize';

/**
 * Bolt's own installer at /slack/install, which verifies that whoever comes back from Slack is who went there.
 *
 * @param publicUrl where the way back is; without it Slack takes the first address in the settings of the app
 */
export function installerOptions(options: {
  app: OauthApp;
  store: InstallationStore;
  publicUrl: string | undefined;
  network: WebClientOptions;
}): Partial<HTTPReceiverOptions> {
  const { app, store, publicUrl, network } = options;
  const { slackApiUrl } = network;
  return {
    ...app,
    scopes: [...BOT_SCOPES],
    installationStore: store,
    ...(publicUrl ? { redirectUri: `${publicUrl}${REDIRECT_PATH}` } : {}),
    installerOptions: {
      ...(publicUrl ? { redirectUriPath: REDIRECT_PATH } : {}),
      ...(slackApiUrl ? { authorizationUrl: new URL(AUTHORIZE_PATH, slackApiUrl).href } : {}),
      clientOptions: network,
      renderHtmlForInstallPath: installPage,
      callbackOptions: {
        success: (installation, _options, _request, response) => showInstalled(installation, response),
        failure: ({ code }, _options, _request, response) => showNotInstalled(code, response),
      },
    },
  };
}
