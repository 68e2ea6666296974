/** Finds the bot token to call Slack with, for the people and channels of a tenant. */
export interface Tokens {
  /** Rejects with a DeliveryFailure where the app is not installed there. */
  botToken(tenant: string): Promise<string>;
}

/** One team, by the token it was given when the app was installed. */
export function oneTeam(botToken: string): Tokens {
  return { botToken: async () => botToken };
}
