export const WHICH_KEY = {
  rotate: 'Which key shall get a new secret?',
  revoke: 'Which key shall go?',
} as const;

export const keyExpired = (name: string): string => `${name} has expired. Create another instead.`;

export const keyRotatedAlready = (name: string): string =>
  `${name} got a new secret already. If you need another one, press again.`;

export const keyRevoked = (name: string): string => `${name} is revoked.`;

export const keySecretLabel = (name: string, workspaceName: string): string => `API key ${name} of ${workspaceName}`;

export const KEY_USE_LABELS = {
  engine: 'Report usage, hold money, read balance and entries',
  report: 'Only report usage and hold money',
  read: 'Only read balance and entries',
  all: 'Everything, resources and meetings too',
} as const;
