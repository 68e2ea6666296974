import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import { type Activity, type InvokeResponse, StatusCodes, type TurnContext } from 'botbuilder';
import {
  AuthenticationConfiguration,
  AuthenticationConstants,
  AuthenticationError,
  type ConnectorClient,
} from 'botframework-connector';
import { mayCall } from './service-url.js';
import type { TeamsSettings } from './settings.js';
import { createTransport } from './transport.js';

type Claims = { type: string; value: string }[];

/** The SDK's adapter: checks who sent an activity, and makes clients of the connector. */
export class BotAdapter extends TeamsAdapter {
  readonly appId: string;

  constructor(settings: TeamsSettings) {
    super(
      authOptions(settings),
      settings.kind === 'app' ? settings.cloud?.credentials : undefined,
      new AuthenticationConfiguration([], (claims: Claims) => checkClaims(claims, settings)),
      { httpClient: createTransport((address) => mayCall(address, settings)) },
    );
    this.appId = settings.kind === 'app' ? settings.appId : '';
  }

  /** Runs `turn` if the token is genuine and meant for us; throws an AuthenticationError otherwise. */
  receive(
    authorization: string,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, turn);
  }

  /** A client that speaks as the bot; its calls reject with a DeliveryFailure. */
  connector(serviceUrl: string): Promise<ConnectorClient> {
    return this.botFrameworkAuthentication
      .createConnectorFactory(this.createClaimsIdentity(this.appId))
      .create(serviceUrl);
  }
}

function authOptions(settings: TeamsSettings): ConstructorParameters<typeof TeamsAdapter>[0] {
  if (settings.kind === 'playground') return {};
  return {
    MicrosoftAppId: settings.appId,
    MicrosoftAppType: settings.appType,
    ...(settings.appPassword ? { MicrosoftAppPassword: settings.appPassword } : {}),
    ...(settings.appTenantId ? { MicrosoftAppTenantId: settings.appTenantId } : {}),
    ...(settings.cloud
      ? {
          ToBotFromChannelOpenIdMetadataUrl: settings.cloud.openIdMetadataUrl,
          ToBotFromEmulatorOpenIdMetadataUrl: settings.cloud.openIdMetadataUrl,
          ToBotFromChannelTokenIssuer: settings.cloud.issuer,
          ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
          ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
          OAuthUrl: AuthenticationConstants.OAuthUrl,
        }
      : {}),
  };
}

/**
 * The SDK also takes tokens of the emulator and of other bots, which are tied to no serviceUrl. Only the channel's
 * own are for us; of those the SDK then compares the claim with the activity's serviceUrl.
 */
async function checkClaims(claims: Claims, settings: TeamsSettings): Promise<void> {
  const claim = (type: string) => claims.find((each) => each.type === type)?.value;
  const cloud = settings.kind === 'app' ? settings.cloud : undefined;
  const issuer = cloud?.issuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer;
  const serviceUrl = claim(AuthenticationConstants.ServiceUrlClaim);
  if (claim(AuthenticationConstants.IssuerClaim) !== issuer || !serviceUrl || !mayCall(serviceUrl, settings)) {
    throw new AuthenticationError('not a token of the Teams channel', StatusCodes.UNAUTHORIZED);
  }
}
