import { readersMoney } from '../../readers-money.js';
import { listOf, press } from '../parts.js';
import { planName } from '../workspaces/plan-words.js';
import type { Of, Words } from './refusal-words.js';

/** What the money, or the rules that bind it, do not allow. */
export function moneyWords(
  reason: Of<'insufficient' | 'planNeeded' | 'twoNeeded' | 'noSecondPerson' | 'cannotTransfer' | 'noUndo'>,
): Words {
  switch (reason.kind) {
    case 'insufficient':
      return insufficientWords(reason);
    case 'planNeeded':
      return {
        said: [`${reason.what} can be set on the plans Teams and Enterprise; yours is ${planName(reason.plan)}.`],
        next: [`The primary owner can change to ${planName(reason.needs)}.`],
        buttons: [press('Plans', 'plan')],
      };
    case 'twoNeeded':
      return {
        said: [`Two people can only be needed where two owners could say yes, and ${reason.workspaceName} has one.`],
        next: [reason.eligible.length > 0 ? `Make somebody an owner beside ${listOf(reason.eligible)} first.` : ''],
        buttons: [press('Members', 'members')],
      };
    case 'noSecondPerson':
      return {
        said: [
          `Above ${readersMoney(reason.aboveMinor, reason.currency)} two people are needed in ${reason.workspaceName}, and nobody else could be the second.`,
        ],
        next: ['Make somebody an owner, or change the policy.'],
        buttons: [press('Policies', 'policy', {}, { workspace: reason.workspace })],
      };
    case 'cannotTransfer':
      return { said: [cannotTransfer(reason)], buttons: [press('My workspaces', 'list')] };
    case 'noUndo':
      return noUndoWords(reason);
  }
}

function insufficientWords(reason: Of<'insufficient'>): Words {
  const money = (minor: number) => readersMoney(minor, reason.currency);
  const { workspaceName, availableMinor, neededMinor, heldMinor = 0, workspace } = reason;
  const has =
    heldMinor > 0
      ? `${money(availableMinor)} available, as ${money(heldMinor)} is held,`
      : money(Math.max(availableMinor, 0));
  return {
    said: [`${workspaceName} has ${has} and this needs ${money(neededMinor)}.`],
    buttons: [press('Add balance', 'topup', {}, { workspace, style: 'primary' })],
  };
}

function cannotTransfer({ why, fromName, toName = 'that workspace', asker }: Of<'cannotTransfer'>): string {
  switch (why) {
    case 'same':
      return `${fromName} is where the balance is already. Please name another of your workspaces.`;
    case 'alone':
      return `You are in no other workspace that ${fromName}'s balance could go to.`;
    case 'otherCurrency':
      return `${fromName} and ${toName} count in different currencies, so nothing can be moved between them.`;
    case 'suspended':
      return `You are suspended in ${toName}, so nothing can be moved there by you.`;
    case 'disabled':
      return `${toName} is disabled, so nothing can be moved there.`;
    case 'gone':
      return `${asker ? `${asker} is` : 'You are'} no longer in the workspace that it was to go to, so nothing was moved.`;
  }
}

function noUndoWords(reason: Of<'noUndo'>): Words {
  switch (reason.why) {
    case 'tooLate':
      return {
        said: ['The time to undo this is over.'],
        next: [
          reason.what === 'member'
            ? 'Change it anew instead; the person is told again.'
            : 'Move the balance back instead; both channels see that too.',
        ],
      };
    case 'undone':
      return { said: [`This was undone already${reason.what === 'member' ? '.' : '; nothing more was moved.'}`] };
    case 'unknown':
      return { said: [reason.what === 'member' ? 'I find no such change of yours.' : 'I find no such transfer here.'] };
    case 'spent': {
      const money = (minor: number) => readersMoney(minor, reason.currency);
      return {
        said: [
          `${reason.toName} has ${money(Math.max(reason.availableMinor, 0))} left, less than the ${money(reason.neededMinor)} that would go back, so this can't be undone.`,
        ],
        next: ['Move back what is left, or add balance.'],
      };
    }
  }
}
