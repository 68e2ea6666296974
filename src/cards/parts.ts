import type { Minor } from '../ledger/entry.js';
import { plainAmount } from '../money.js';
import { readersMoney } from '../readers-money.js';
import type { WorkspaceId } from '../workspace/entities.js';
import type { Button, Call, Card, ComparedAmount, Inline, Json, Part } from './card.js';

/** The workspace that a card is about; without a balance where the readers may not see it. */
export interface About {
  id: WorkspaceId;
  name: string;
  balanceMinor?: Minor;
  currency: string;
}

/** The foot of every card about a workspace. */
export function footOf(about: About): { foot: NonNullable<Card['foot']> } {
  const balance = about.balanceMinor === undefined ? {} : { balance: readersMoney(about.balanceMinor, about.currency) };
  return { foot: { workspace: about.name, ...balance } };
}

export function text(...inlines: readonly Inline[]): Part {
  return { part: 'text', text: inlines };
}

export function subtle(...inlines: readonly Inline[]): Part {
  return { part: 'text', text: inlines, subtle: true };
}

/** A row of buttons; nothing where there is none. */
export function buttons(...all: readonly (Button | undefined)[]): Part[] {
  const given = all.filter((button) => button !== undefined);
  return given.length > 0 ? [{ part: 'buttons', buttons: given }] : [];
}

interface How {
  workspace?: WorkspaceId | undefined;
  key?: string;
  style?: 'primary' | 'danger';
}

/** A button that is a command typed in advance. */
export function press(
  label: string,
  command: string,
  args: Readonly<Record<string, Json>> = {},
  how: How = {},
): Button {
  const call: Call = {
    command,
    args,
    ...(how.workspace && { workspace: how.workspace }),
    ...(how.key && { key: how.key }),
  };
  return { label, call, ...(how.style && { style: how.style }) };
}

/** What can be done about an invitation that nobody has answered. */
export function invitationButtons(invitation: string, workspace: WorkspaceId): Button[] {
  return [
    press('Send again', 'invite', { again: invitation }, { workspace }),
    press('Take back', 'invite', { takeBack: invitation }, { workspace, style: 'danger' }),
  ];
}

/** From a message to the entry that it tells of, by the entry's key; none where the card names no entry. */
export function detailsOf(about: About, entry: string | undefined): Part[] {
  return buttons(
    entry === undefined ? undefined : press('Details', 'history', { key: entry }, { workspace: about.id }),
  );
}

/** An amount beside others: a bar, or a point of a chart. */
export function comparedAmount(label: string, minor: Minor, currency: string): ComparedAmount {
  return { label, value: Number(plainAmount(minor, currency)), shown: readersMoney(minor, currency) };
}

export function openLink(label: string, url: string): Button {
  return { label, open: url, style: 'primary' };
}

/** `Olivia`, `Olivia and Adam`, `Olivia, Adam and 3 others`. */
export function listOf(names: readonly string[], joiner: 'and' | 'or' = 'and', most = 3): string {
  const shown = names.slice(0, names.length > most ? most - 1 : most);
  const others = names.length - shown.length;
  const all = others > 0 ? [...shown, `${others} others`] : shown;
  if (all.length < 2) return all.join('');
  return `${all.slice(0, -1).join(', ')} ${joiner} ${all.at(-1)}`;
}

/** `1 seat`, `2 seats`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}

/** What somebody typed, short enough to be said back. */
export function quoted(typed: string): string {
  const short = typed.length > 60 ? `${typed.slice(0, 59)}…` : typed;
  return `“${short}”`;
}
