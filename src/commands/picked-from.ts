import type { Choice } from '../cards/card.js';
import { MOST_OFFERED } from '../cards/choice-field.js';
import { listChoice, roomChoice } from '../cards/choices.js';
import type { Channel } from '../channels/channel.js';
import { channelsSeen } from '../channels/channels.js';
import { type ContactList, findContactLists } from '../resources/contact-lists.js';
import { findTemplates, type Template } from '../resources/templates.js';
import type { Choosing, InWorkspace } from './command.js';
import { lookingOf } from './rooms.js';

type Which = Pick<Choosing, 'words' | 'limit'>;

/** What a form asks for before anything is searched: one more than it offers, where there is more. */
export const OFFERED: Which = { words: '', limit: MOST_OFFERED + 1 };

/** The newest templates of the workspace with these words in their name. */
export async function templatesToPick({ account, workspace }: InWorkspace, which: Which): Promise<Template[]> {
  return (await findTemplates({ account: account.id, workspace: workspace.id, ...queryOf(which) })).found;
}

/** The newest contact lists of the workspace with these words in their name. */
export async function listsToPick({ account, workspace }: InWorkspace, which: Which): Promise<ContactList[]> {
  return (await findContactLists({ account: account.id, workspace: workspace.id, ...queryOf(which) })).found;
}

/** The workspace's channels that the actor reads with these words in their name. */
export async function roomsToPick(context: InWorkspace, which: Which): Promise<Channel[]> {
  const looking = { ...(await lookingOf(context)), all: false };
  return (await channelsSeen({ ...looking, ...queryOf(which), offset: 0 })).channels;
}

const queryOf = ({ words, limit }: Which) => ({ limit, ...(words && { search: words }) });

/** The `choices` of commands whose forms ask for a contact list. */
export async function listChoices(context: InWorkspace, which: Which): Promise<Choice[]> {
  return (await listsToPick(context, which)).map(listChoice);
}

/** The `choices` of commands whose forms ask for a channel. */
export async function roomChoices(context: InWorkspace, which: Which): Promise<Choice[]> {
  return (await roomsToPick(context, which)).map(roomChoice);
}
