import type { ResponseUrl } from './response-url.js';

/** Slack's handle on one interaction: how its person can be answered. */
export interface SlackMoment {
  /** Whose installation answers: the enterprise, else the team. */
  tenant: string;
  user: string;
  /** Where it happened; absent on the Home tab and for a global shortcut. */
  channel?: string;
  thread?: string;
  response?: ResponseUrl;
  /** Opens one form, within 3 seconds. */
  triggerId?: string;
  /** What was clicked, if it was a button. */
  clicked?: 'private' | 'shared';
  /** The modal or Home tab that was clicked or submitted. */
  view?: { kind: 'modal' | 'home'; id: string };
  /** Answered in a modal if one can be opened: on the Home tab, and for a shortcut, nothing else would be seen. */
  inModal?: true;
  /** It began on the person's Home tab, which is drawn anew after it. */
  home?: true;
}

/** A direct message of the bot with one person. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}
