import { HOW_TO_ADD_ME } from '../channels/lost-channel-card.js';
import { listOf, press, quoted } from '../parts.js';
import type { Of, Words } from './refusal-words.js';
import { asA } from '../role-words.js';

/** Who asks, and what they are to the company. */
export function standingWords(
  reason: Of<'notEnabled' | 'accountDisabled' | 'outsider' | 'suspended' | 'notAllowed' | 'rankGuard'>,
): Words {
  switch (reason.kind) {
    case 'notEnabled':
      return {
        said: [
          `Workspaces aren't on for ${reason.tenantName ?? 'your company'} yet. Send support this: `,
          { code: `${reason.tenant} ${reason.user}` },
        ],
        ...(reason.support && { next: ['You reach support at ', reason.support, '.'] }),
      };
    case 'accountDisabled':
      return {
        said: [`Workspaces are switched off for ${reason.accountName}. Nothing is lost.`],
        next: [
          reason.support
            ? `Ask support to switch them on again: ${reason.support}.`
            : 'Ask support to switch them on again.',
        ],
      };
    case 'outsider':
      if (reason.who === 'deactivated')
        return { said: [`Your chat account is deactivated, so this is closed to you; ask ${reason.ownerName}.`] };
      return { said: [`This needs a full member of ${reason.accountName}; ask ${reason.ownerName}.`] };
    case 'suspended':
      return {
        said: [`You are suspended in ${reason.workspaceName}, so commands and buttons there do nothing for you.`],
        next: [`Your seat is kept. Ask ${reason.ownerName}.`],
        buttons: [press('My workspaces', 'list')],
      };
    case 'notAllowed':
      return {
        said: [`You can't ${reason.doing}.`],
        next: reason.holders.length > 0 ? [`${listOf(reason.holders, 'or')} can.`] : [],
      };
    case 'rankGuard':
      return {
        said: [
          reason.newRole
            ? `You give no role above your own, so you can't make ${reason.targetName} ${asA(reason.newRole)}.`
            : `${reason.targetName} ranks above what you may change.`,
        ],
        next: ['Ask an owner.'],
        buttons: [press('Owners', 'members', { role: 'owner' })],
      };
  }
}

/** What they asked for, and in which workspace. */
export function askedWords(
  reason: Of<'noWorkspace' | 'notInWorkspace' | 'unknownCommand' | 'unknownWorkspace' | 'ambiguousWorkspace'>,
): Words {
  switch (reason.kind) {
    case 'noWorkspace':
      return reason.hasInvitations
        ? {
            said: ['You are in no workspace yet, but you are invited.'],
            next: ['Join to start.'],
            buttons: [press('Join', 'join', {}, { style: 'primary' })],
          }
        : {
            said: ['You are in no workspace yet.'],
            next: ['Ask a colleague to invite you, or ask for a workspace of your own.'],
            buttons: [press('Create a workspace', 'create')],
          };
    case 'notInWorkspace':
      return {
        said: [`This ${reason.what} belongs to a workspace that you are not in.`],
        next:
          reason.what === 'channel'
            ? ['Add in: and the name of yours, like ', { code: 'balance in:Support' }, '.']
            : ['Ask a colleague there to invite you.'],
        buttons: [press('My workspaces', 'list')],
      };
    case 'unknownCommand':
      return reason.nearest.length > 0
        ? {
            said: [`I don't know ${quoted(reason.typed)}. Did you mean ${listOf(reason.nearest, 'or')}?`],
            buttons: reason.nearest.map((name) => press(name, name)),
          }
        : {
            said: [`I don't know ${quoted(reason.typed)}.`],
            next: ['Here is what I can do.'],
            buttons: [press('Help', 'help')],
          };
    case 'unknownWorkspace':
      return {
        said: [`You are in no workspace called ${quoted(reason.typed)}.`],
        next: reason.nearest.length > 0 ? [`Did you mean ${listOf(reason.nearest, 'or')}?`] : ['These are yours.'],
        buttons: [press('My workspaces', 'list')],
      };
    case 'ambiguousWorkspace':
      return {
        said: [`${quoted(reason.typed)} could be ${listOf(reason.names, 'or', 5)}.`],
        next: ['Please type the whole name.'],
        buttons: [press('My workspaces', 'list')],
      };
  }
}

const enableButton = ({ workspace, asks }: { workspace: string; asks: boolean }) =>
  press(asks ? 'Ask for it' : 'Enable', 'enable', {}, { workspace, style: 'primary' });

/** Where they asked. */
export function placeWords(
  reason: Of<'workspaceDisabled' | 'workspaceNameTaken' | 'notHere' | 'botNotInChannel'>,
): Words {
  switch (reason.kind) {
    case 'workspaceDisabled':
      return {
        said: [`${reason.workspaceName} is disabled. Its people and balance are kept.`],
        ...(reason.enable?.asks !== false && { next: [`Ask ${reason.ownerName} to enable it.`] }),
        buttons: [...(reason.enable ? [enableButton(reason.enable)] : []), press('My workspaces', 'list')],
      };
    case 'workspaceNameTaken':
      return { said: [`There is already a workspace called ${reason.name}.`], next: ['Please take another name.'] };
    case 'notHere':
      return { said: [`${reason.what} does not work here.`], next: [`Please do it ${reason.where}.`] };
    case 'botNotInChannel':
      return {
        said: [`I am not in #${reason.channelName}, so I can't post there.`],
        next: [...HOW_TO_ADD_ME[reason.platform], ', then try again.'],
      };
  }
}
