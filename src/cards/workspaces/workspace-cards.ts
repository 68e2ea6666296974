import { askAnew } from '../ask-anew.js';
import type { Card, Form } from '../card.js';
import { type About, buttons, footOf, press, text } from '../parts.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';

/** To the account owner, once the operator has switched the account on. */
export function accountReadyCard(accountName: string): Card {
  return {
    name: 'account-ready',
    parts: [
      text(`${accountName} is ready. Name your first workspace.`),
      ...buttons(press('Create', 'create', {}, { style: 'primary' })),
    ],
  };
}

/**
 * To its creator. `elsewhere`: another workspace is the one that their commands go to. `addMinor`: what they want to
 * add at once.
 */
export function workspaceActiveCard(
  about: About & { balanceMinor: number },
  to: { elsewhere: boolean; addMinor?: number },
): Card {
  const add = to.addMinor ? { amount: plainAmount(to.addMinor, about.currency) } : {};
  const addWords = to.addMinor ? `Add ${readersMoney(to.addMinor, about.currency)}` : 'Add balance';
  return {
    name: 'workspace-active',
    parts: [
      text(`${about.name} is active. ${readersMoney(about.balanceMinor, about.currency)}.`),
      ...buttons(
        press(addWords, 'topup', add, { workspace: about.id, style: 'primary' }),
        press('Invite', 'invite', {}, { workspace: about.id }),
        to.elsewhere ? press('Switch to it', 'switch', {}, { workspace: about.id }) : undefined,
      ),
    ],
    ...footOf(about),
  };
}

/** Switched: where the next commands go. */
export function switchedCard(about: About, mayInvite: boolean): Card {
  return {
    name: 'workspace-switched',
    parts: [
      text(`${about.name} is active now. What you type goes there.`),
      ...buttons(
        press('Balance', 'balance', {}, { workspace: about.id }),
        mayInvite ? press('Invite', 'invite', {}, { workspace: about.id }) : undefined,
      ),
    ],
    ...footOf(about),
  };
}

export function renamedCard(about: About, oldName: string): Card {
  return {
    name: 'workspace-renamed',
    parts: [
      text(oldName === about.name ? `It is called ${about.name} already.` : `${oldName} is now called ${about.name}.`),
    ],
    ...footOf(about),
  };
}

export function renameForm({ about }: { about: About }): Form {
  return {
    name: 'rename-workspace',
    title: 'Rename',
    submit: 'Rename',
    call: { command: 'rename', args: { was: about.name, sure: true }, workspace: about.id },
    fields: [{ name: 'name', label: 'New name', input: 'line', initial: about.name, maxLength: 60 }],
  };
}

/** Private: asks once more. `was`: the name that an older card showed, where it has another by now. */
export function renameConfirmCard({ about, name, was }: { about: About; name: string; was?: string }): Card {
  const again = { name, was: about.name, sure: true };
  const card: Card = {
    name: 'rename-confirm',
    parts: [
      text(`Rename ${about.name} to ${name}? Everybody in it sees the new name.`),
      ...buttons(press('Rename', 'rename', again, { workspace: about.id, style: 'primary' })),
    ],
    ...footOf(about),
  };
  return was === undefined ? card : askAnew(card, `${was} is called ${about.name} by now.`);
}
