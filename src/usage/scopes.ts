/** What a key may do. */
export const SCOPES = ['usage:write', 'balance:read', 'entries:read', 'resources:write', 'meetings:write'] as const;
export type Scope = (typeof SCOPES)[number];
