/** One of the app's shortcuts: a command typed in advance, answered in a modal. */
export interface Shortcut {
  callback_id: string;
  /** `message` stands in the menu of each message, also in threads, where Slack has no commands. */
  type: 'global' | 'message';
  name: string;
  description: string;
  /** What it stands for, after `/workspace`. */
  typed: string;
}

/** The manifest asks for these. */
export const SHORTCUTS: readonly Shortcut[] = [
  {
    callback_id: 'workspaces',
    type: 'global',
    name: 'Workspaces',
    description: 'Your workspaces, and what waits for you',
    typed: '',
  },
  {
    callback_id: 'requests',
    type: 'global',
    name: 'Requests',
    description: 'What waits for you, and what you asked',
    typed: 'requests',
  },
  {
    callback_id: 'add_balance',
    type: 'global',
    name: 'Add balance',
    description: 'To your active workspace',
    typed: 'topup',
  },
  {
    callback_id: 'invite_people',
    type: 'global',
    name: 'Invite people',
    description: 'Into your active workspace',
    typed: 'invite',
  },
  {
    callback_id: 'workspaces_here',
    type: 'message',
    name: 'Workspaces',
    description: 'Your workspaces, also from a thread',
    typed: '',
  },
  {
    callback_id: 'balance_here',
    type: 'message',
    name: 'Balance',
    description: 'Of the workspace that this channel belongs to, also from a thread',
    typed: 'balance',
  },
];

/** What a shortcut stands for; one of an older manifest is the home card. */
export function typedBy(callbackId: string): string {
  return SHORTCUTS.find((shortcut) => shortcut.callback_id === callbackId)?.typed ?? '';
}
